"""What the rows of a written query are made into, as Django makes it.

For each query that is asked, Django looks for the columns of each object again; for
each object, its constructor asks every field. All of it is the same each time, so it is
found once, when the query is written.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import models
from django.db.models.base import ModelState
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesIterable,
    ValuesListIterable,
)
from django.db.models.signals import post_init, pre_init
from django.db.models.sql.compiler import SQLCompiler

type Row = Sequence[Any]
type Converters = Mapping[int, tuple[Sequence[Callable[..., Any]], Any]]


class RowValues:
    """Makes what a queryset gives of the rows that the database gives."""

    def __init__(
        self,
        queryset: models.QuerySet[Any, Any],
        compiler: SQLCompiler,
        converters: Converters,
    ) -> None:
        self._converters = tuple(
            (place, convert, column)
            for place, (by, column) in converters.items()
            for convert in by
        )
        self._make = _maker(queryset, compiler)

    def of(self, rows: Iterable[Row], connection: Any) -> list[Any]:
        """Return an object, or whatever else the queryset gives, for each row."""
        if not self._converters:
            return [self._make(row) for row in rows]
        made = []
        for row in rows:
            values = list(row)
            for place, convert, column in self._converters:
                values[place] = convert(values[place], column, connection)
            made.append(self._make(values))
        return made


def _maker(
    queryset: models.QuerySet[Any, Any], compiler: SQLCompiler
) -> Callable[[Row], Any]:
    """Return what makes one row into what a queryset gives.

    Raises:
        ValueError: It gives something else than objects, dictionaries, tuples or single
            values, or its objects need more queries.
    """
    given: Any = queryset
    kind, query = given._iterable_class, queryset.query
    if kind is ModelIterable and not (
        given._known_related_objects
        or given._prefetch_related_lookups
        or given._fetch_mode.track_peers
    ):
        return _Objects(compiler.klass_info, compiler, given._fetch_mode).of
    if kind is ValuesIterable:
        more = *query.extra_select, *query.values_select, *query.annotation_select
        names = tuple(query.selected or more)
        return lambda row: dict(zip(names, row, strict=False))
    if kind is ValuesListIterable:
        return tuple
    if kind is FlatValuesListIterable:
        return lambda row: row[0]
    message = f"{kind.__name__}: a written query cannot give this."
    raise ValueError(message)


class _Objects:
    """Makes the objects of one model, each with the objects that it is read with."""

    def __init__(self, info: Any, compiler: SQLCompiler, fetch_mode: Any) -> None:
        self.model = info["model"]
        if not _is_made_plainly(self.model) or info.get("from_parent"):
            message = f"{self.model.__name__}: only Django can make its objects."
            raise ValueError(message)
        self.state = {
            "adding": False,
            "db": compiler.using,
            "fetch_mode": fetch_mode,
        }
        self.start, self.end = info["select_fields"][0], info["select_fields"][-1] + 1
        columns: Any = compiler.select[self.start : self.end]
        self.names = tuple(column.target.attname for column, *_ in columns)
        key = self.model._meta.pk_fields[0].attname
        self.key = self.start + self.names.index(key)
        self.annotated: tuple[tuple[str, int], ...] = ()
        if "local_setter" not in info:  # what all others are read with
            self.annotated = tuple((compiler.annotation_col_map or {}).items())
        self.related = tuple(
            (
                _Objects(each, compiler, fetch_mode),
                each["local_setter"],
                each["remote_setter"],
            )
            for each in info.get("related_klass_infos", ())
        )

    def of(self, row: Row) -> Any:
        made = self.model.__new__(self.model)
        values = vars(made)
        values["_state"] = state = ModelState()
        vars(state).update(self.state)
        values.update(zip(self.names, row[self.start : self.end], strict=True))
        for name, place in self.annotated:
            setattr(made, name, row[place])
        for maker, refer, refer_back in self.related:
            if row[maker.key] is None:
                refer(made, None)
                continue
            other = maker.of(row)
            refer(made, other)
            refer_back(other, made)
        return made


def _is_made_plainly(model: Any) -> bool:
    """Whether nothing but the values of its fields goes into an object of a model."""
    return (
        model.__init__ is models.Model.__init__
        and model.from_db.__func__ is models.Model.from_db.__func__  # type: ignore[attr-defined]
        and not pre_init.has_listeners(model)
        and not post_init.has_listeners(model)
    )
