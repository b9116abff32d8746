"""Counts and sums over the portfolio, which the database makes in one query."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from audits.frameworks.loading import loader
from audits.frameworks.schema import Family
from audits.models import PortfolioRow, PortfolioRowQuerySet, Team
from audits.models.queries.written_once import written_once
from audits.portfolio.sums.total import NAMES, Total, total_of
from audits.portfolio.sums.total_sums import counts, sums

type Kind = Family | None


def kinds() -> tuple[Kind, ...]:
    """Return the families in the order of urgency, then None for not scored."""
    return tuple(loader.current().urgency)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamTally:
    """A team's use cases, by the family of their verdict."""

    id: UUID
    name: str
    total: Total
    kinds: Mapping[Kind, Total] = field(hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """All use cases, by the family of the verdict, and by team in order of names."""

    total: Total = field(default_factory=Total)
    kinds: Mapping[Kind, Total] = field(default_factory=dict, hash=False)
    teams: tuple[TeamTally, ...] = ()

    def of(self, *kinds: Kind) -> Total:
        """Return the tally of these families together."""
        return total_of(self.kinds[kind] for kind in kinds if kind in self.kinds)


def totals_of(
    of: Team | None,
    today: date,
    teams: Mapping[int, Team],
    *,
    among: PortfolioRowQuerySet | None = None,
) -> Totals:
    """Count and sum portfolio rows, with one query over all of them.

    Args:
        of: The team whose are counted; without one, all are.
        today: The day, before which something is overdue.
        teams: All teams by their number.
        among: The rows that a filter leaves; without them, all are counted.
    """
    found = sorted(teams.items(), key=lambda known: known[1].name)
    known = tuple((pk, team.public_id, team.name) for pk, team in found)
    groups = _groups(of=of, today=today) if among is None else _grouped(among, today)
    return _summed(tuple(groups), known)


# Most look at a portfolio that has not changed.
@lru_cache(maxsize=64)
def _summed(
    groups: tuple[tuple[Any, ...], ...], teams: tuple[tuple[int, UUID, str], ...]
) -> Totals:
    """Return the sums of the groups of `_groups`, with the teams in order of names."""
    by_team: dict[int, dict[Kind, Total]] = defaultdict(dict)
    ranked = kinds()
    for number, urgency, *numbers in groups:
        tally = Total(**dict(zip(NAMES, numbers, strict=True)))
        by_team[number][ranked[urgency]] = tally
    return Totals(
        total=total_of(tally for kinds in by_team.values() for tally in kinds.values()),
        kinds={
            kind: total_of(kinds[kind] for kinds in by_team.values() if kind in kinds)
            for kind in ranked
        },
        teams=tuple(
            TeamTally(
                id=public_id,
                name=name,
                total=total_of(by_team[pk].values()),
                kinds=by_team[pk],
            )
            for pk, public_id, name in teams
            if pk in by_team
        ),
    )


@written_once
def _groups(*, of: Team | None, today: date) -> Any:
    return _grouped(PortfolioRow.objects.all().of_team(of), today)


def _grouped(portfolio_rows: PortfolioRowQuerySet, today: date) -> Any:
    """Count and sum by team and by family of the verdict, as `Total` has them."""
    groups = portfolio_rows.order_by().values_list("team_id", "urgency")
    return groups.annotate(**counts(today), **sums())
