"""The columns that a request chooses, in the table and in files.

The fields of an organization's own are columns, too, shown if they are chosen.
"""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from django.db.models import F
from django.http import QueryDict

from audits.models import PortfolioRowQuerySet
from audits.models.fields.own_fields import OwnField
from audits.portfolio.cells import Cell
from audits.portfolio.columns.column import Column
from audits.portfolio.columns.listed import COLUMNS, IN_FILES
from audits.portfolio.of_board.approved import with_approved
from audits.services.portfolio.own_fields import getter_of, own_fields, path_of

_CHUNK = 2000
# What each row begins with, whatever is chosen.
_FIRST = "name"
_ALWAYS = frozenset({"reference", "name", "team"})
_PICKED = tuple(c for c in COLUMNS if c.head and not c.beneath and c.key != _FIRST)
_KEYS = frozenset(column.key for column in COLUMNS)
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
    every = (*_PICKED, *own_columns())
    found = tuple(column.key for column in every if column.key in asked)
    return () if found == _USUAL else found


def picks(chosen: tuple[str, ...]) -> tuple[Pick, ...]:
    """Return the columns that can be chosen."""
    keys = chosen or _USUAL
    every = table_columns(tuple(column.key for column in _PICKED))
    every += tuple(Shown(column) for column in own_columns())
    return tuple(
        Pick(each.column.key, each.words, each.column.key in keys) for each in every[1:]
    )


def chosen_fields(chosen: tuple[str, ...]) -> tuple[OwnField, ...]:
    """Return the organization's own fields among the chosen columns."""
    return tuple(field for field in own_fields() if field.key in chosen)


@cache
def table_columns(
    chosen: tuple[str, ...] = (),
    *,
    without: frozenset[str] = frozenset(),
    own: tuple[OwnField, ...] = (),
) -> tuple[Shown, ...]:
    """Return the columns of the table.

    Args:
        chosen: Their keys, as `chosen_columns` returns them.
        without: The keys of those that are equal in every row.
        own: The organization's own fields among the chosen ones.
    """
    keys = {_FIRST, *(chosen or _USUAL)}
    heads = [c for c in COLUMNS if c.head and c.key not in without]
    beneath = {c.beneath: c for c in heads if c.beneath}
    found = tuple(Shown(c, beneath.get(c.key)) for c in heads if c.key in keys)
    return (*found, *(Shown(own_column(field)) for field in own))


def file_columns(chosen: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """Return the columns of files: all, or those that say what the chosen ones do."""
    own = own_columns()
    if not chosen:
        return (*IN_FILES, *own)
    return (*_like(chosen), *(column for column in own if column.key in chosen))


@cache
def _like(chosen: tuple[str, ...]) -> tuple[Column, ...]:
    both = [column for shown in table_columns(chosen) for column in shown if column]
    keys = _ALWAYS.union(*(column.in_files or (column.key,) for column in both))
    return tuple(column for column in IN_FILES if column.key in keys)


def own_columns() -> tuple[Column, ...]:
    """Return the columns of the organization's own fields."""
    return tuple(own_column(field) for field in own_fields())


@lru_cache(maxsize=256)
def own_column(field: OwnField) -> Column:
    """Return the column of a field of the organization's own."""
    cells = {"number": "number", "date": "day"}
    return Column(
        field.key,
        field.name,
        getter_of(field),
        head=field.name,
        sort=(path_of(field), "name"),
        cell=cells.get(field.kind, "text"),
        is_extra=True,
    )


def rows_of(
    portfolio_rows: PortfolioRowQuerySet, columns: Sequence[Column] = IN_FILES
) -> Iterator[list[Cell]]:
    """Yield the cells of each portfolio row, a few thousand rows at a time."""
    found = with_approved(portfolio_rows.select_related("team").with_owner_names())
    if any(column.key not in _KEYS for column in columns):
        found = found.annotate(own_values=F("use_case__own"))
    for row in found.iterator(chunk_size=_CHUNK):
        yield [column.of(row) for column in columns]
