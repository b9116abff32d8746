"""The sort orders of the teams, as a GET parameter: a key, with "-" for descending."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from audits.portfolio.findings import css, mark_of, name_of
from audits.portfolio.sums.total import Total
from audits.portfolio.totals import TeamTally, Totals, kinds

type Number = int | Decimal | None

DEFAULT = "team"
# What is counted of a team beside its verdicts, and its money, in their order.
_COUNTS: Mapping[str, str] = {
    "use_cases": "All",
    "overdue": "Overdue",
    "in_review": "In review",
}
_MONEY: Mapping[str, str] = {
    "running": "Running",
    "risk": "At risk",
    "planned": "Planned",
    "proposed": "Proposed",
    "stopped": "Stopped",
}


@dataclass(frozen=True, slots=True)
class TeamHead:
    """The head of a column of the teams; `link` sorts by it, or reverses the order.

    `mark` is that of its family of verdicts, if it counts one.
    """

    key: str
    name: str
    mark: str
    is_money: bool
    link: str
    sorted: Literal["", "ascending", "descending"]


def sort_of(asked: str) -> str:
    """Return the requested order; the usual one if it is unknown."""
    return asked if asked.removeprefix("-") in _names() else DEFAULT


def heads(sort: str) -> tuple[TeamHead, ...]:
    """Return the heads of the table; the largest numbers come first."""
    return tuple(_head(key, name, sort) for key, name in _names().items())


def in_order(teams: Sequence[TeamTally], sort: str) -> list[TeamTally]:
    """Return the teams in an order; what has no number comes last either way.

    Args:
        teams: The teams, in order of their names.
        sort: The order, as `sort_of` returns it.
    """
    key, is_down = sort.removeprefix("-"), sort.startswith("-")
    if key == DEFAULT:
        return [*reversed(teams)] if is_down else [*teams]
    number = _number(key)
    stated = [team for team in teams if number(team) is not None]
    rest = [team for team in teams if number(team) is None]
    return [
        *sorted(stated, key=lambda team: number(team) or 0, reverse=is_down),
        *rest,
    ]


def _names() -> dict[str, str]:
    families = {css(kind): name_of(kind) for kind in kinds()}
    return {DEFAULT: "Team", **families, **_COUNTS, **_MONEY}


def shown_keys(totals: Totals) -> frozenset[str]:
    """Return the columns that say something: not all of their cells are empty."""
    families = {css(kind) for kind in kinds() if totals.of(kind).use_cases}
    numbers = {key for key in (*_COUNTS, *_MONEY) if getattr(totals.total, key)}
    return frozenset(families | numbers | {"use_cases"})


def _number(key: str) -> Callable[[TeamTally], Number]:
    for kind in kinds():
        if css(kind) == key:
            return lambda team: team.kinds.get(kind, Total()).use_cases
    return lambda team: getattr(team.total, key)


def _head(key: str, name: str, sort: str) -> TeamHead:
    ways = [key, f"-{key}"][:: 1 if key == DEFAULT else -1]
    to = ways[1] if sort == ways[0] else ways[0]
    is_sorted = key == sort.removeprefix("-")
    way: Literal["ascending", "descending"]
    way = "descending" if sort.startswith("-") else "ascending"
    marks = {css(kind): mark_of(kind) for kind in kinds()}
    return TeamHead(
        key=key,
        name=name,
        mark=marks.get(key, ""),
        is_money=key in _MONEY,
        link=f"?sort={to}",
        sorted=way if is_sorted else "",
    )
