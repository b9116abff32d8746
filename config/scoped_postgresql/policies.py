"""Policies with which PostgreSQL shows rows of the organization in scope alone.

The backend beside says for each statement which one that is.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState, StateApps

_TOLD = "current_setting('attune.organization', true)"
# Each is read once for a statement, not for each row. The column is compared as it is,
# or PostgreSQL would neither use its statistics nor an index that has it.
_ALL = f"(SELECT {_TOLD}) = '*'"
_ONE = f"(SELECT CASE WHEN {_TOLD} ~ '^[0-9a-f-]{{36}}$' THEN {_TOLD}::uuid END)"
_CONDITION = f"{_ALL} OR organization_id = {_ONE}"
_NAME = "own_organization"


class ProtectRows(Operation):
    """Lets PostgreSQL show and take rows of the organization in scope alone.

    It binds the owner of the tables, too; no superuser of PostgreSQL. Nothing happens
    on another database.
    """

    def __init__(self, *models: str) -> None:
        self.models = models

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, list(self.models), {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        pass

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for table in self._tables(app_label, schema_editor, to_state):
            schema_editor.execute(
                f"CREATE POLICY {_NAME} ON {table} USING ({_CONDITION})"
            )
            for verb in ("ENABLE", "FORCE"):
                schema_editor.execute(f"ALTER TABLE {table} {verb} ROW LEVEL SECURITY")

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for table in self._tables(app_label, schema_editor, from_state):
            for verb in ("NO FORCE", "DISABLE"):
                schema_editor.execute(f"ALTER TABLE {table} {verb} ROW LEVEL SECURITY")
            schema_editor.execute(f"DROP POLICY {_NAME} ON {table}")

    def describe(self) -> str:
        return f"Show rows of the organization in scope alone: {', '.join(self.models)}"

    def _tables(
        self, app: str, editor: BaseDatabaseSchemaEditor, state: ProjectState
    ) -> list[str]:
        if editor.connection.vendor != "postgresql":
            return []
        models = [state.apps.get_model(app, name) for name in self.models]
        return [editor.quote_name(model._meta.db_table) for model in models]


def renew_policies(_: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let each policy that is there compare as those do that are made now.

    They show the same rows, so nothing has to be done to take it back.
    """
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_policies"
            " WHERE policyname = %s AND schemaname = current_schema()",
            [_NAME],
        )
        tables = [schema_editor.quote_name(table) for (table,) in cursor.fetchall()]
    for table in tables:
        schema_editor.execute(f"ALTER POLICY {_NAME} ON {table} USING ({_CONDITION})")
