"""The sort orders of the table, as a GET parameter: a key, with "-" for descending."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, NamedTuple
from urllib.parse import urlencode

from django.db.models import F, OrderBy
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.text import slugify

from audits.models import PortfolioRow
from audits.models.fields.counted_verdict import counted_verdict
from audits.portfolio.columns.column import Column
from audits.portfolio.columns.listed import SORTABLE
from audits.portfolio.shown import Shown, chosen_columns, own_columns

DEFAULT = "verdict"
# How many rows a page has, and how many it has if more are asked for.
A_PAGE, MANY = 12, 25
_MAY_MISS = {field.name for field in PortfolioRow._meta.fields if field.null}
_MAY_MISS |= {"sponsor_name"}


class Order(NamedTuple):
    """An order of the table, as a phone offers it, whose heads are not seen."""

    sort: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of a column; `link` sorts by it, or reverses the order.

    `second` is the head of the column beneath it, and `unit` is said below the head.
    """

    id: str
    name: str
    link: str
    is_number: bool
    sorted: Literal["", "ascending", "descending"]
    second: "Head | None" = None
    unit: str = ""

    @property
    def lines(self) -> "tuple[Head, ...]":
        """It, and what is beneath it."""
        return (self, self.second) if self.second else (self,)

    @property
    def direction(self) -> str:
        """The order of the rows, if one of its lines gives it."""
        return "".join(line.sorted for line in self.lines)


def sort_of(query: QueryDict) -> str:
    """Return the requested order; the usual one if it is unknown."""
    sort = query.get("sort", DEFAULT)
    return sort if _sorted_by(sort) else DEFAULT


def _sorted_by(sort: str) -> Column | None:
    key = sort.removeprefix("-")
    own = (column for column in own_columns() if column.key == key)
    return SORTABLE.get(key) or next(own, None)


def rows_asked(query: QueryDict) -> int | None:
    """Return how many rows a page is requested to have; None if that is not chosen."""
    asked = query.get("rows")
    return next((each for each in (A_PAGE, MANY) if str(each) == asked), None)


def order_by(query: QueryDict) -> Sequence[OrderBy]:
    """Return the columns of the order; unstated values come last either way.

    Descending reverses all of them, so that one index serves both directions.
    """
    return order_of(sort_of(query))


def order_of(sort: str) -> Sequence[OrderBy]:
    """Return the columns of an order, by its name; people are those of `with_…`."""
    column = _sorted_by(sort) or SORTABLE[DEFAULT]
    names = (*column.sort, "pk")
    if sort.startswith("-") != column.is_reversed:
        return [_by(name).desc(nulls_last=_may_miss(name) or None) for name in names]
    return [_by(name).asc(nulls_last=_may_miss(name) or None) for name in names]


def _by(name: str) -> F | Coalesce:
    """Return what is ordered by: a field, or the verdict that counts."""
    if name != "counted_verdict":
        return F(name)
    return counted_verdict()


def _may_miss(name: str) -> bool:
    """Return whether a row may have no value there, as of fields of one's own."""
    return name in _MAY_MISS or "__own__" in name


def heads(query: QueryDict, columns: Iterable[Shown]) -> tuple[Head, ...]:
    """Return the heads of the table's columns, whose links keep the rest of a query."""
    return _heads_of(query.urlencode(), tuple(columns))


@lru_cache(maxsize=64)
def _heads_of(query: str, columns: tuple[Shown, ...]) -> tuple[Head, ...]:
    return tuple(_head(QueryDict(query), *shown) for shown in columns)


def _head(query: QueryDict, column: Column, second: Column | None = None) -> Head:
    now, key = sort_of(query), column.key
    ways = [key, f"-{key}"][:: -1 if column.is_number else 1]
    to = ways[1] if now == ways[0] else ways[0]
    return Head(
        id=key if column.is_extra else slugify(column.head),
        name=column.head,
        link=f"?{changed(query, sort=to)}" if column.sort else "",
        is_number=column.is_number,
        sorted=_direction(key, now),
        second=_head(query, second) if second else None,
        unit=column.head_unit,
    )


def orders(query: QueryDict, columns: Iterable[Shown]) -> tuple[Order, ...]:
    """Return the orders of the table's columns, each both ways, and the one of now."""
    return _orders_of(sort_of(query), tuple(columns))


@lru_cache(maxsize=64)
def _orders_of(now: str, columns: tuple[Shown, ...]) -> tuple[Order, ...]:
    shown = [column for pair in columns for column in pair if column and column.sort]
    found = dict(order for column in shown for order in _both_ways(column))
    if now not in found and (column := _sorted_by(now)):
        found |= dict(_both_ways(column))
    return tuple(Order(sort, name, sort == now) for sort, name in found.items())


def _both_ways(column: Column) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return the orders by a column with their names, the usual one first."""
    key, name = column.key, column.head
    if column.is_number:
        return (f"-{key}", f"{name}, highest first"), (key, f"{name}, lowest first")
    return (key, name), (f"-{key}", f"{name}, reversed")


def order_said(query: QueryDict) -> str:
    """Return the name of the requested order; empty for the usual one."""
    sort = sort_of(query)
    column = _sorted_by(sort) if sort != DEFAULT else None
    return dict(_both_ways(column))[sort] if column else ""


def shared(filters: str, query: QueryDict) -> str:
    """Return the query of filters with the order and the columns, unless usual."""
    sort = sort_of(query)
    parts = [filters, "" if sort == DEFAULT else f"sort={sort}"]
    parts += [f"columns={key}" for key in chosen_columns(query)]
    return "&".join(part for part in parts if part)


def _direction(key: str, now: str) -> Literal["", "ascending", "descending"]:
    if key != now.removeprefix("-"):
        return ""
    return "descending" if now.startswith("-") else "ascending"


def changed(query: QueryDict, **changes: Any) -> str:
    """Return a query with these parameters changed, from its first page."""
    kept = {name: values for name, values in query.lists() if name != "page"}
    kept |= {name: [str(value)] for name, value in changes.items()}
    return urlencode(kept, doseq=True)
