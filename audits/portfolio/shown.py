"""The columns that a request chooses, in the table and in files."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from django.db.models import F
from django.http import QueryDict

from audits.models import PortfolioRowQuerySet
from audits.portfolio.cells import Cell
from audits.portfolio.columns import COLUMNS, IN_FILES, Column
from audits.services.portfolio.own_fields import getter_of, own_fields

_CHUNK = 2000
# What each row begins with, whatever is chosen.
_FIRST = "name"
_ALWAYS = frozenset({"reference", "name", "team"})
_PICKED = tuple(c for c in COLUMNS if c.head and not c.beneath and c.key != _FIRST)
_USUAL = tuple(c.key for c in _PICKED if not c.is_extra)


class Shown(NamedTuple):
    """A column of the table, and the one beneath it in its cells."""

    column: Column
    second: Column | None = None

    @property
    def words(self) -> str:
        """Both heads."""
        return self.column.head + (f", {self.second.head}" if self.second else "")


class Pick(NamedTuple):
    """A column that can be chosen."""

    key: str
    words: str
    is_chosen: bool


def chosen_columns(query: QueryDict) -> tuple[str, ...]:
    """Return the keys of the chosen columns in their order; none for the usual ones."""
    asked = {*query.getlist("columns")}
    found = tuple(column.key for column in _PICKED if column.key in asked)
    return () if found == _USUAL else found


def picks(chosen: tuple[str, ...]) -> tuple[Pick, ...]:
    """Return the columns that can be chosen."""
    keys = chosen or _USUAL
    every = table_columns(tuple(column.key for column in _PICKED))
    return tuple(
        Pick(each.column.key, each.words, each.column.key in keys) for each in every[1:]
    )


@cache
def table_columns(
    chosen: tuple[str, ...] = (), *, without: frozenset[str] = frozenset()
) -> tuple[Shown, ...]:
    """Return the columns of the table.

    Args:
        chosen: Their keys, as `chosen_columns` returns them.
        without: The keys of those that are equal in every row.
    """
    keys = {_FIRST, *(chosen or _USUAL)}
    heads = [c for c in COLUMNS if c.head and c.key not in without]
    beneath = {c.beneath: c for c in heads if c.beneath}
    return tuple(Shown(c, beneath.get(c.key)) for c in heads if c.key in keys)


@cache
def file_columns(chosen: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """Return the columns of files: all, or those that say what the chosen ones do."""
    if not chosen:
        return IN_FILES
    both = [column for shown in table_columns(chosen) for column in shown if column]
    keys = _ALWAYS.union(*(column.in_files or (column.key,) for column in both))
    return tuple(column for column in IN_FILES if column.key in keys)


def own_columns() -> tuple[Column, ...]:
    """Return the columns of the organization's own fields, which only files have."""
    return tuple(
        Column(field.key, field.name, getter_of(field)) for field in own_fields()
    )


def rows_of(
    portfolio_rows: PortfolioRowQuerySet, columns: Sequence[Column] = IN_FILES
) -> Iterator[list[Cell]]:
    """Yield the cells of each portfolio row, a few thousand rows at a time."""
    found = portfolio_rows.select_related("team").with_owner_names()
    if len(columns) > len(IN_FILES):
        found = found.annotate(own_values=F("use_case__own"))
    for row in found.iterator(chunk_size=_CHUNK):
        yield [column.of(row) for column in columns]
