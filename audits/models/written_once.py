"""Queries that Django writes once, and that are asked again with other values.

It takes several times as long to write the SQL of a query as PostgreSQL takes to answer
it, and the SQL of one query is the same for everybody. So PostgreSQL reads and plans it
once for each connection: that takes longer than to find a few rows.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache, wraps
from inspect import signature
from typing import Any
from uuid import UUID

from django.db import connections, models
from django.db.models import Count, Sum
from django.db.models.expressions import Col
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.where import WhereNode
from django_scopes import get_scope, scope
from django_scopes.exceptions import ScopeError

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

    @cache
    def written(given: tuple[str, ...], none: tuple[str, ...]) -> _Written:
        values: dict[str, Any] = {name: _Given(name) for name in given}
        with scope(**{_SCOPE: _Given(_SCOPE)}):
            return _Written(writer(**values, **dict.fromkeys(none)))

    @wraps(write)
    def ask(*_: Values.args, **values: Values.kwargs) -> list[Row]:
        given = {name: value for name, value in values.items() if value is not None}
        none = tuple(name for name in values if name not in given)
        return written(tuple(given), none).ask(given)

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


class _WrittenQuery(Query):
    """A query that has its compiler, and with it its SQL."""

    written: SQLCompiler

    def clone(self) -> "_WrittenQuery":
        """Return a copy that shares its parts: no written query is changed."""
        clone = _WrittenQuery.__new__(_WrittenQuery)
        vars(clone).update(vars(self))
        return clone

    def get_compiler(self, *_: Any, **__: Any) -> SQLCompiler:
        return self.written


class _Written:
    """A query with its SQL, of which each that is asked is a copy."""

    def __init__(self, queryset: models.QuerySet[Any, Any]) -> None:
        self.using = queryset.db
        self.compiler = queryset.query.get_compiler(self.using)
        self.sql, self.params = self.compiler.as_sql()
        self.names = {p.name for p in self.params if isinstance(p, _Given)}
        columns = [each[0] for each in self.compiler.select[: self.compiler.col_count]]
        # How its columns become values: the kind of database says.
        vendor, made = connections[self.using].vendor, self.compiler.get_converters
        kept = {
            place: (by, _kind_of(column))
            for place, (by, column) in made(columns).items()
            if not _is_read_as_it_is(column, vendor)
        }
        has_composite = self.compiler.has_composite_fields(columns)
        vars(self.compiler)["get_converters"] = lambda _: kept
        vars(self.compiler)["has_composite_fields"] = lambda _: has_composite
        queryset.query.__class__ = _WrittenQuery
        # The SQL has them: each query that is asked would copy what it was made of.
        queryset.query.where = WhereNode()
        self.compiler.where = self.compiler.having = self.compiler.qualify = None
        select = self.compiler.select
        self.compiler.select = [(_kind_of(each), *more) for each, *more in select]
        names = dict.fromkeys(queryset.query.annotations)
        vars(queryset.query).update(annotations=names, _annotation_select_cache=None)
        self.queryset = queryset
        if vendor == "postgresql":
            self.sql %= tuple(f"${place + 1}" for place in range(len(self.params)))

    def ask(self, given: dict[str, Any]) -> list[Any]:
        connection = connections[self.using]
        if _SCOPE in self.names:
            given = {**given, _SCOPE: _scope()}
        known = {name: _prepared(value, connection) for name, value in given.items()}
        params = [known[p.name] if isinstance(p, _Given) else p for p in self.params]
        rows = _rows(connection, self.sql, params)
        if self.compiler.has_extra_select:  # a part of an order, at the end
            rows = [row[: self.compiler.col_count] for row in rows]
        compiler = SQLCompiler.__new__(type(self.compiler))
        vars(compiler).update(vars(self.compiler), connection=connection)
        vars(compiler)["execute_sql"] = lambda *_, **__: [rows]
        asked: Any = self.queryset.all()
        asked.query.written = compiler
        return list(iter(asked))


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
