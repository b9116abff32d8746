"""The sort orders of the teams, as a GET parameter: a key, with "-" for descending."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from audits.portfolio.findings import css, name_of
from audits.portfolio.totals import TeamTally, Total, kinds

type Number = int | Decimal | None

DEFAULT = "team"
# The money and counts of a team, in the order of the table.
_AMOUNTS: Mapping[str, str] = {
    "running": "Running",
    "risk": "At risk",
    "planned": "Planned",
    "proposed": "Proposed",
    "stopped": "Stopped",
    "overdue": "Overdue",
    "in_review": "In review",
}


@dataclass(frozen=True, slots=True)
class TeamHead:
    """The head of a column of the teams; `link` sorts by it, or reverses the order."""

    key: str
    name: str
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
    return {DEFAULT: "Team", **families, "use_cases": "All", **_AMOUNTS}


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
    return TeamHead(key, name, f"?sort={to}", way if is_sorted else "")
