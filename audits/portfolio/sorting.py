"""The sort orders of the table, as a GET parameter: a key, with "-" for descending."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from django.db.models import F, OrderBy
from django.http import QueryDict

from audits.models import PortfolioRow
from audits.portfolio.columns import SORTABLE, Column

DEFAULT = "verdict"
_MAY_MISS = {field.name for field in PortfolioRow._meta.fields if field.null}


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of a column; `link` sorts by it, or reverses the order."""

    name: str
    link: str
    is_number: bool
    sorted: Literal["", "ascending", "descending"]


def sort_of(query: QueryDict) -> str:
    """Return the requested order; the usual one if it is unknown."""
    sort = query.get("sort", DEFAULT)
    return sort if sort.removeprefix("-") in SORTABLE else DEFAULT


def order_by(query: QueryDict) -> Sequence[OrderBy]:
    """Return the columns of the order; unstated values come last either way.

    Descending reverses all of them, so that one index serves both directions.
    """
    return order_of(sort_of(query))


def order_of(sort: str) -> Sequence[OrderBy]:
    """Return the columns of an order, by its name."""
    names = (*SORTABLE[sort.removeprefix("-")].sort, "pk")
    if sort.startswith("-"):
        return [F(name).desc(nulls_last=name in _MAY_MISS or None) for name in names]
    return [F(name).asc(nulls_last=name in _MAY_MISS or None) for name in names]


def heads(query: QueryDict, columns: Iterable[Column]) -> tuple[Head, ...]:
    """Return the heads of the table's columns, whose links keep the rest of a query."""
    return _heads_of(query.urlencode(), tuple(columns))


@lru_cache(maxsize=64)
def _heads_of(query: str, columns: tuple[Column, ...]) -> tuple[Head, ...]:
    return tuple(_heads(QueryDict(query), columns))


def _heads(query: QueryDict, columns: Iterable[Column]) -> Iterator[Head]:
    now = sort_of(query)
    for column in columns:
        key = column.key
        ways = [key, f"-{key}"][:: -1 if column.is_number else 1]
        to = ways[1] if now == ways[0] else ways[0]
        yield Head(
            name=column.head,
            link=f"?{changed(query, sort=to)}" if column.sort else "",
            is_number=column.is_number,
            sorted=_direction(key, now),
        )


def shared(filters: str, query: QueryDict) -> str:
    """Return the query of filters with the order, unless that is the usual one."""
    sort = sort_of(query)
    parts = [filters, "" if sort == DEFAULT else f"sort={sort}"]
    return "&".join(part for part in parts if part)


def _direction(key: str, now: str) -> Literal["", "ascending", "descending"]:
    if key != now.removeprefix("-"):
        return ""
    return "descending" if now.startswith("-") else "ascending"


def changed(query: QueryDict, **changes: Any) -> str:
    """Return a query with these parameters changed, from its first page."""
    changed = query.copy()
    changed.pop("page", None)
    for name, value in changes.items():
        changed[name] = str(value)
    return changed.urlencode()
