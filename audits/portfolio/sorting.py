"""The orders of the table, as a GET parameter: a key, or "-" and it for downwards."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import F, OrderBy
from django.http import QueryDict

_SORTS: dict[str, tuple[str, ...]] = {
    "name": ("name",),
    "team": ("team__name", "name"),
    "verdict": ("urgency", "name"),
    "stage": ("stage_rank", "name"),
    "confidence": ("confidence_rank", "name"),
    "spend": ("spend",),
    "saving": ("saving",),
    "next": ("due_on",),
}
DEFAULT = "verdict"
_MAY_MISS = ("spend", "saving", "due_on")
_LARGEST_FIRST = ("spend", "saving")
_HEADS = (
    ("name", "Name"),
    ("team", "Team"),
    ("verdict", "Verdict"),
    ("stage", "Stage"),
    ("confidence", "Confidence"),
    ("spend", "Spend a month"),
    ("saving", "Saving if followed"),
    ("", "Owner"),
    ("next", "Next date"),
    ("", "Trend"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of a column; `link` sorts by it, the other way if it is sorted by."""

    name: str
    link: str
    is_number: bool
    sorted: Literal["", "ascending", "descending"]


def sort_of(query: QueryDict) -> str:
    """Return the order that is asked for; the usual one if it is none of ours."""
    sort = query.get("sort", DEFAULT)
    return sort if sort.removeprefix("-") in _SORTS else DEFAULT


def order_by(query: QueryDict) -> Sequence[OrderBy]:
    """Return the columns of the order; what is not stated comes last either way.

    Downwards all of them are turned round, so that one index serves both ways.
    """
    sort = sort_of(query)
    names = (*_SORTS[sort.removeprefix("-")], "pk")
    if sort.startswith("-"):
        return [F(name).desc(nulls_last=name in _MAY_MISS or None) for name in names]
    return [F(name).asc(nulls_last=name in _MAY_MISS or None) for name in names]


def heads(query: QueryDict, *, without: str = "") -> Iterator[Head]:
    """Yield the heads of the table, without that of one column."""
    now = sort_of(query)
    for key, name in _HEADS:
        if key == without and without:
            continue
        is_number = key in _LARGEST_FIRST
        ways = [key, f"-{key}"][:: -1 if is_number else 1]
        to = ways[1] if now == ways[0] else ways[0]
        yield Head(
            name=name,
            link=f"?{changed(query, sort=to)}" if key else "",
            is_number=is_number,
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
