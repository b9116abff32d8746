"""Tells PostgreSQL, before a statement, of which organization it may see rows.

Policies of the tables compare each row with that (policies.py), so a
statement that lost its filter finds nothing (decision 0169). What the scope of
django-scopes is when a statement runs is what PostgreSQL is told; no scope sees no row.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django_scopes import get_scope
from psycopg.pq import TransactionStatus

from config.scoped_postgresql.validation import Validation

SETTING = "attune.organization"
EVERY = "*"
_OF_DJANGO = re.compile(
    r'(SELECT|SELECT DISTINCT|INSERT INTO|UPDATE|DELETE FROM) "'
    r"|SELECT (%s AS|1 AS|COUNT\()|SAVEPOINT|RELEASE SAVEPOINT"
)
# What can run a statement that is only a text, or a second one: one after it, a name in
# escapes or before a comment, the table of settings, and each function not named here.
_ODD = re.compile(r';|u&"|/\*|--|pg_settings', re.IGNORECASE)
_CALLS = re.compile(r'(\w+|")\s*\(')
_COLUMNS = re.compile(r'INSERT INTO "[^"]+" \(')
_HARMLESS = frozenset(
    (
        *("abs", "all", "and", "any", "array_agg", "as", "avg", "by", "case"),
        *("cast", "ceiling", "coalesce", "concat", "conflict", "count"),
        *("date_trunc", "distinct", "else", "exists", "extract", "filter", "floor"),
        *("from", "greatest", "in", "join", "jsonb_array_length", "least"),
        *("length", "like", "lower", "lpad", "max", "min", "not", "nullif"),
        *("numeric", "on", "or", "over", "replace", "round", "row_number"),
        *("select", "set", "string_agg", "substring", "sum", "then", "to_jsonb"),
        *("trim", "unnest", "upper", "using", "values", "varchar", "when", "where"),
    )
)
# It reads no row, and PostgreSQL refuses it once anything was asked.
_COMES_FIRST = "SET TRANSACTION "
_TELL = f"SELECT set_config('{SETTING}', $1, false)"


def allowed() -> str:
    """Return whose rows the current scope is about: an id, `EVERY`, or nothing."""
    scope = get_scope()
    if not scope.get("_enabled", True):
        return EVERY
    organization = scope.get("organization", "")
    return str(getattr(organization, "pk", organization))


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that is told whenever the scope is another one.

    What it was told last is kept with the connection itself, which a pool hands on.
    """

    validation_class = Validation

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(self._told)

    def _told(
        self, execute: Callable[..., Any], sql: str, values: Any, *rest: Any
    ) -> Any:
        wanted, connection = allowed(), self.connection
        is_told = getattr(connection, "told", "") == wanted
        if not (is_told or str(sql).startswith(_COMES_FIRST)) and _answers(connection):
            psycopg.RawCursor(connection).execute(_TELL, [wanted], prepare=True)
            connection.told = wanted
        try:
            return execute(sql, values, *rest)
        finally:
            # What may tell something itself is not believed by the next statement.
            if not _tells_nothing(str(sql)):
                self._forget()

    # What was told within a transaction is forgotten with it.

    def _rollback(self) -> None:
        super()._rollback()  # type: ignore[misc] # django-stubs leaves it out
        self._forget()

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)  # type: ignore[misc] # as above
        self._forget()

    # Each request and each use of a pooled connection is told again, so that what
    # told something past this file ends with the request.

    def close_if_unusable_or_obsolete(self) -> None:
        self._forget()
        super().close_if_unusable_or_obsolete()

    def _close(self) -> None:
        self._forget()
        super()._close()  # type: ignore[misc] # as above

    def _forget(self) -> None:
        if self.connection is not None:
            self.connection.told = None


@lru_cache(maxsize=2048)
def _tells_nothing(sql: str) -> bool:
    """Return whether a statement is one of Django's that changes no setting.

    >>> _tells_nothing('SELECT "a"."b" FROM "a" WHERE UPPER("a"."b") IN (%s)')
    True
    >>> _tells_nothing('INSERT INTO "a" ("b") VALUES (%s) RETURNING "a"."id"')
    True
    >>> _tells_nothing('SELECT "x" FROM (SELECT set_config(%s, %s, false) AS "x") "q"')
    False
    >>> _tells_nothing('SELECT "x" FROM (SELECT "set_config"(%s, %s, false)) "q"')
    False
    """
    if not _OF_DJANGO.match(sql) or _ODD.search(sql):
        return False
    sql = _COLUMNS.sub("", sql, count=1)
    return all(each.lower() in _HARMLESS for each in _CALLS.findall(sql))


def _answers(connection: psycopg.Connection[Any]) -> bool:
    """Whether it takes statements; after a failed one it waits for the rollback."""
    return connection.info.transaction_status != TransactionStatus.INERROR
