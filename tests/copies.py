"""What takes long to build, built once in a process and copied from then on.

A copy is the same rows with the same ids, and the same files.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import Model
from django_scopes import scopes_disabled

_APPS = ("audits", "django_tasks_database")
type Rows = dict[type[Model], list[Any]]


class Copies:
    """The rows and files that one function makes."""

    def __init__(self, build: Callable[[], object]) -> None:
        self._build = build
        self.rows: Rows = {}
        self._inserts: list[tuple[str, Any]] = []
        self._files: dict[str, bytes] = {}

    def put(self) -> None:
        """Make them, or copy what was made the first time."""
        if self.rows:
            # In one transaction, in which rows may come before those they point to.
            with scopes_disabled(), transaction.atomic():
                self._insert()
            self.mend_files()
            return
        before, files = _rows(), set(_files())
        self._build()
        for model, rows in _rows().items():
            known = {row.pk for row in before[model]}
            self.rows[model] = [row for row in rows if row.pk not in known]
        self._files = {name: _content(name) for name in set(_files()) - files}

    def _insert(self) -> None:
        """Write the rows; from the second time on, by the statements of the first."""
        if self._inserts:
            with connection.cursor() as cursor:
                for statement, values in self._inserts:
                    cursor.execute(statement, values)
            return
        with connection.execute_wrapper(self._keep), _as_old_as_they_were(self.rows):
            for model, rows in self.rows.items():
                model._base_manager.bulk_create(rows)

    def _keep(
        self, execute: Callable[..., Any], sql: str, values: Any, *rest: Any
    ) -> Any:
        self._inserts.append((sql, values))
        return execute(sql, values, *rest)

    def are_there(self) -> bool:
        """Return whether their rows are in the database.

        Each test asks, so this is done without a query set.
        """
        if not self.rows:
            return False
        model, rows = next(iter(self.rows.items()))
        key, quoted = model._meta.pk, connection.ops.quote_name
        table, column = quoted(model._meta.db_table), quoted(str(key.column))
        first = key.get_db_prep_value(rows[0].pk, connection)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {table} WHERE {column} = %s", [first])  # noqa: S608
            return cursor.fetchone() is not None

    def mend_files(self) -> None:
        """Put back each file that is gone or changed."""
        for name, content in self._files.items():
            if not _is_there(name, content):
                default_storage.delete(name)
                default_storage.save(name, io.BytesIO(content))


@contextmanager
def _as_old_as_they_were(rows: Rows) -> Iterator[None]:
    """Let rows keep the times that are otherwise those of the insert."""
    fields: list[Any] = [field for model in rows for field in model._meta.local_fields]
    dated = [field for field in fields if getattr(field, "auto_now_add", False)]
    for field in dated:
        field.auto_now_add = False
    try:
        yield
    finally:
        for field in dated:
            field.auto_now_add = True


def _rows() -> Rows:
    with scopes_disabled():
        return {
            model: list(model._base_manager.all())
            for app in _APPS
            for model in apps.get_app_config(app).get_models()
        }


def _files(folder: str = "") -> Iterator[str]:
    folders, files = default_storage.listdir(folder)
    prefix = f"{folder}/" if folder else ""
    yield from (f"{prefix}{file}" for file in files)
    for inner in folders:
        yield from _files(f"{prefix}{inner}")


def _content(name: str) -> bytes:
    with default_storage.open(name) as file:
        content: bytes = file.read()
    return content


def _is_there(name: str, content: bytes) -> bool:
    with suppress(OSError):
        return _content(name) == content
    return False
