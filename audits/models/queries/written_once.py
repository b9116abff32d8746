"""Queries that Django writes once, and that are asked again with other values.

It takes several times as long to write the SQL of a query as PostgreSQL takes to answer
it, and the SQL of one query is the same for everybody. So PostgreSQL reads and plans it
once for each connection: that takes longer than to find a few rows.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cache, wraps
from inspect import signature
from typing import Any
from uuid import UUID

from django.db import connection, connections, models
from django.db.models import Count, Sum
from django.db.models.expressions import Col
from django_scopes import get_scope, scope
from django_scopes.exceptions import ScopeError

from audits.landscape.in_turn import FIRST
from audits.models.queries.row_values import RowValues

_SCOPE = "organization"
_FIELDS: Mapping[type, models.Field[Any, Any]] = {
    UUID: models.UUIDField(),
    date: models.DateField(),
    datetime: models.DateTimeField(),
}


def written_once[**Values, Row](
    write: Callable[Values, models.QuerySet[Any, Row]],
) -> Callable[Values, list[Row]]:
    """Turn a function that writes a query into one that asks it.

    It takes keyword arguments, and sees none of their values: each is a placeholder for
    what is given when the query is asked, so it may be put into a filter and nothing
    else. None is seen, so that the query may be another one then. It may not depend on
    the moment.
    The organization is that of the scope in which it is asked, each time.

    Raises:
        ScopeError: It reads what belongs to an organization, and there is no scope.
        ValueError: It has a parameter with the name of the scope.
    """
    if _SCOPE in signature(write).parameters:
        message = f"{_SCOPE}: the scope gives it, so no parameter may have this name."
        raise ValueError(message)
    writer: Callable[..., models.QuerySet[Any, Row]] = write

    kept: dict[tuple[tuple[str, ...], tuple[str, ...]], _Written] = {}

    def written(given: tuple[str, ...], none: tuple[str, ...]) -> _Written:
        _connect()  # no thread waits for the database while others wait for it
        with FIRST:
            if (given, none) not in kept:
                values: dict[str, Any] = {name: _Given(name) for name in given}
                with scope(**{_SCOPE: _Given(_SCOPE)}):
                    query = writer(**values, **dict.fromkeys(none))
                    kept[given, none] = _Written(query)
            return kept[given, none]

    @wraps(write)
    def ask(*_: Values.args, **values: Values.kwargs) -> list[Row]:
        given = {name: value for name, value in values.items() if value is not None}
        none = tuple(name for name in values if name not in given)
        names = tuple(given)
        return (kept.get((names, none)) or written(names, none)).ask(given)

    return ask


class _Given(models.Expression):
    """A value that is not known yet: among the parameters it is itself.

    It has no text. It is true, because Django asks every expression.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, *_: Any, **__: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)

    def __str__(self) -> str:
        message = f"{self.name} is not known while the query is written."
        raise TypeError(message)


class _Written:
    """A query as its SQL, its values, and what its rows are made into."""

    def __init__(self, queryset: models.QuerySet[Any, Any]) -> None:
        self.using = queryset.db
        connection = connections[self.using]
        compiler = queryset.query.get_compiler(self.using)
        self.sql, self.params = compiler.as_sql()
        self.names = {p.name for p in self.params if isinstance(p, _Given)}
        self.width = compiler.col_count if compiler.has_extra_select else None
        columns = [each[0] for each in compiler.select[: compiler.col_count]]
        # How its columns become values: the kind of database says.
        converters = {
            place: (by, _kind_of(column))
            for place, (by, column) in compiler.get_converters(columns).items()
            if not _is_read_as_it_is(column, connection.vendor)
        }
        self.values = RowValues(queryset, compiler, converters)
        if connection.vendor == "postgresql":
            numbered, self.params = _numbered(self.sql, self.params, connection)
            self.sql = _EncodedOnce(numbered)

    def ask(self, given: dict[str, Any]) -> list[Any]:
        connection = connections[self.using]
        if _SCOPE in self.names:
            given = {**given, _SCOPE: _scope()}
        known = {name: _prepared(value, connection) for name, value in given.items()}
        params = [known[p.name] if isinstance(p, _Given) else p for p in self.params]
        rows = _rows(connection, self.sql, params)
        if self.width is not None:  # a part of an order is at the end
            rows = [row[: self.width] for row in rows]
        return self.values.of(rows, connection)


class _EncodedOnce(str):
    """SQL whose bytes are the same object each time it is asked.

    Each connection keeps the bytes of what it has prepared, up to 21 kB a query.
    """

    __slots__ = ("kept",)

    def __init__(self, _: str) -> None:
        self.kept: dict[str, bytes] = {}

    def __str__(self) -> str:
        return self

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:
        if encoding not in self.kept:
            self.kept[encoding] = super().encode(encoding, errors)
        return self.kept[encoding]


def _connect() -> None:
    """Connect to PostgreSQL, whose values are written as its connection says."""
    if connection.vendor == "postgresql":
        connection.ensure_connection()


def _numbered(
    sql: str, params: Iterable[Any], connection: Any
) -> tuple[str, tuple[_Given, ...]]:
    """Return SQL with a numbered place for each given value, and all others in it."""
    given: list[_Given] = []
    said: list[str] = []
    for value in params:
        if isinstance(value, _Given):
            given.append(value)
            said.append(f"${len(given)}")
        else:
            said.append(_literal(value, connection))
    return sql % tuple(said), tuple(given)


def _literal(value: Any, connection: Any) -> str:
    """Return a value as Django puts it into the SQL of other queries."""
    from psycopg.sql import Literal  # noqa: PLC0415 - not needed on SQLite

    connection.ensure_connection()
    return Literal(value).as_string(connection.connection)


def _is_read_as_it_is(column: Any, vendor: str) -> bool:
    """Whether a column is a value already: a count, or on PostgreSQL a sum of money."""
    if type(column) is not Sum or vendor != "postgresql":
        return type(column) is Count
    return isinstance(column.output_field, models.DecimalField)


def _kind_of(column: Any) -> Any:
    """Return a column without how it is counted, which is what has queries inside."""
    is_field = isinstance(column, Col)
    return column if is_field else models.Value(None, output_field=column.output_field)


def _rows(connection: Any, sql: str, params: list[Any]) -> list[Any]:
    """Return the rows of a query; PostgreSQL keeps its plan for this connection.

    The values go beside the SQL, which is the same each time, places and all. Django
    puts those of other queries into the SQL: each would be another statement to keep.
    """
    if connection.vendor != "postgresql":
        return _fetched(connection, sql, params)
    connection.ensure_connection()
    session = connection.connection
    usual = session.cursor_factory, session.prepare_threshold
    session.cursor_factory, session.prepare_threshold = _raw_cursor(), 0
    try:
        return _fetched(connection, sql, params)
    finally:
        session.cursor_factory, session.prepare_threshold = usual


def _fetched(connection: Any, sql: str, params: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[Any] = cursor.fetchall()
        return rows


@cache
def _raw_cursor() -> type[Any]:
    from psycopg import RawCursor  # noqa: PLC0415 - not needed on SQLite

    return RawCursor


def _scope() -> Any:
    current = get_scope()
    if not current.get("_enabled") or _SCOPE not in current:
        message = "This query is asked inside an organization's scope."
        raise ScopeError(message)
    return current[_SCOPE]


def _prepared(value: Any, connection: Any) -> Any:
    """Return a value as the database takes it: for a stored row, its key."""
    if isinstance(value, models.Model):
        value = value.pk
    if connection.vendor == "postgresql":
        return value  # psycopg knows them all
    field = _FIELDS.get(type(value))
    return field.get_db_prep_value(value, connection) if field else value
