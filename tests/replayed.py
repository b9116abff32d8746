"""What many tests do first with the cast, done once in a process and written again.

To answer, submit and sign takes a tenth of a second, and what it writes twenty
statements. They are sent again only where the database is as the cast left it and the
day and the market are the same; else the function does its work.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, Protocol

from django.db import connection
from django.utils import timezone

from audits.landscape.in_force import current

_WRITING = ("INSERT", "UPDATE", "DELETE")
# How many rows the connection had changed when the cast was there.
_as_cast = -1


class _Of(Protocol):
    organization: Any


def is_as_cast() -> bool:
    """Return whether this test wrote nothing yet. Only SQLite counts."""
    return connection.vendor == "sqlite" and _changed() == _as_cast


def mark_as_cast() -> None:
    """Say that the database is now as the cast is: the test begins."""
    global _as_cast  # noqa: PLW0603 - of this process, as its connection
    if connection.vendor == "sqlite":
        _as_cast = _changed()


@contextmanager
def as_cast_still() -> Iterator[None]:
    """Write what no other code reads, such as a session."""
    was = is_as_cast()
    yield
    if was:
        mark_as_cast()


def replayed[T: _Of](make: Callable[..., None]) -> Callable[..., None]:
    """Let a function of a tenant of the cast, and of words, do its work once."""
    kept: dict[object, list[tuple[str, Any]]] = {}

    @wraps(make)
    def again(tenant: T, **given: Any) -> None:
        if not is_as_cast():
            make(tenant, **given)
            return
        key = (
            *(tenant.organization.pk, repr(sorted(given.items()))),
            *(timezone.now, timezone.localdate(), current().sha256),
        )
        if key in kept:
            with connection.cursor() as cursor:
                for statement, values in kept[key]:
                    cursor.execute(statement, values)
            return
        sent: list[tuple[str, Any]] = []
        with connection.execute_wrapper(_keeping(sent)):
            make(tenant, **given)
        kept[key] = sent

    return again


def _keeping(sent: list[tuple[str, Any]]) -> Callable[..., Any]:
    def keep(
        execute: Callable[..., Any], sql: str, values: Any, many: bool, context: Any
    ) -> Any:
        assert not many, "one statement at a time can be sent again"
        assert not sql.startswith("ROLLBACK"), "what was taken back is not sent again"
        if sql.startswith(_WRITING):
            sent.append((sql, values))
        return execute(sql, values, many, context)

    return keep


def _changed() -> int:
    connection.ensure_connection()
    changes: int = connection.connection.total_changes
    return changes
