"""Policies with which PostgreSQL shows rows of the organization in scope alone.

The backend beside says for each statement which one that is.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

# Read once for a statement, not for each row.
_ALLOWED = "(SELECT current_setting('attune.organization', true))"
_CONDITION = f"{_ALLOWED} = '*' OR organization_id::text = {_ALLOWED}"


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
                f"CREATE POLICY own_organization ON {table} USING ({_CONDITION})"
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
            schema_editor.execute(f"DROP POLICY own_organization ON {table}")

    def describe(self) -> str:
        return f"Show rows of the organization in scope alone: {', '.join(self.models)}"

    def _tables(
        self, app: str, editor: BaseDatabaseSchemaEditor, state: ProjectState
    ) -> list[str]:
        if editor.connection.vendor != "postgresql":
            return []
        models = [state.apps.get_model(app, name) for name in self.models]
        return [editor.quote_name(model._meta.db_table) for model in models]
