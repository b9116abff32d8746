"""Stores the counts and sums of the portfolio, month by month."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet, Sum
from django_scopes import scope, scopes_disabled

from audits.models import (
    Organization,
    PortfolioRow,
    Snapshot,
    Team,
)
from audits.models.fields.counted_verdict import counted_verdict
from audits.models.fields.left_of import left_of
from audits.models.portfolio.filters import AT_RISK
from audits.models.queries.written_once import written_once
from audits.scoring.money.states import plan_state
from audits.services.portfolio.months.of_each import each_row


def take_snapshots(today: date) -> int:
    """Write this month's counts of every organization, at most once a day each.

    Returns:
        How many organizations were counted.
    """
    month = today.replace(day=1)
    with scopes_disabled():
        done = Snapshot.objects.filter(team=None, month=month, taken_on=today)
        due = list(Organization.objects.exclude(pk__in=done.values("organization")))
    for organization in due:
        with scope(organization=organization), transaction.atomic():
            _take(organization, today)
    return len(due)


def year_before(of: Team | None, today: date) -> list[Snapshot]:
    """Return the twelve months before this one, of a team or all, the newest last."""
    return _last_months(of=of, before=today.replace(day=1))[::-1]


@written_once
def _last_months(*, of: Team | None, before: date) -> "QuerySet[Snapshot]":
    months = Snapshot.objects.filter(team=of, month__lt=before).defer("each")
    return months.order_by("-month")[:12]


@dataclass(slots=True)
class _Counts:
    """The counts of a team, or of all."""

    use_cases: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    states: Counter[str] = field(default_factory=Counter)
    stages: Counter[str] = field(default_factory=Counter)
    running: Decimal | None = None
    planned: Decimal | None = None
    proposed: Decimal | None = None
    stopped: Decimal | None = None
    at_risk: Decimal | None = None

    def add(self, group: dict[str, Any]) -> None:
        number = group["number"]
        self.use_cases += number
        self.verdicts[group["counted"]] += number
        self.states[group["state"]] += number
        self.stages[group["stage"]] += number
        state = plan_state(group["stage"])
        spend = group["spends"] if state == "stopped" else group["left"]
        self._add(state, spend)
        if state == "running" and spend is not None:
            self._add("at_risk", group["risks"] or Decimal(0))
        if state != "stopped":
            self._add("proposed", group["proposals"])

    def _add(self, name: str, amount: Decimal | None) -> None:
        if amount is not None:
            setattr(self, name, (getattr(self, name) or Decimal(0)) + amount)


def _take(organization: Organization, today: date) -> None:
    """Count an organization and its teams again, and write this month's rows."""
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    counts, each = _count(), each_row()
    month = today.replace(day=1)
    rows = {shot.team_id: shot for shot in Snapshot.objects.filter(month=month)}
    for team, counted in counts.items():
        shot = rows.pop(team, None) or Snapshot(
            organization=organization, team_id=team, month=month
        )
        shot.taken_on = today
        for name in _Counts.__slots__:
            setattr(shot, name, getattr(counted, name))
        shot.each = {} if team else each
        shot.save()
    # A team whose last use case moved this month has nothing to count.
    Snapshot.objects.filter(pk__in=[shot.pk for shot in rows.values()]).delete()


def _count() -> dict[int | None, _Counts]:
    """Return the counts by team, and of all under None, with one query."""
    counts: dict[int | None, _Counts] = defaultdict(_Counts)
    counts[None] = _Counts()
    groups: Iterable[Any] = (
        PortfolioRow.objects.order_by()
        .annotate(counted=counted_verdict())
        .values("team", "counted", "state", "stage")
        .annotate(
            number=Count("pk"),
            spends=Sum("spend"),
            left=Sum(left_of("spend", "spend_off")),
            risks=Sum(left_of("spend", "risk_off"), filter=AT_RISK),
            proposals=Sum("proposed"),
        )
    )
    for group in groups:
        for team in (group["team"], None):
            counts[team].add(group)
    return counts
