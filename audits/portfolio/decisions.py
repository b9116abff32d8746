"""The use cases that wait for a decision, the most urgent first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from audits.models import PortfolioRow, Team
from audits.models.written_once import written_once
from audits.scoring.money.states import PlanState, plan_state

MOST = 5
_COLUMNS = (
    *("audit_id", "name", "stage", "verdict", "comes_first", "ask", "spend", "year"),
    *("cost", "cost_year"),
    *("due_on", "submitted_at", "owner__name", "owner__email", "is_provisional"),
    *("audit__cover__sponsor", "audit__cover__decision_asked"),
)

# What an amount of the current plan is, by the state of its money.
_PLAN_IS: Mapping[PlanState, str] = {
    "running": "a month, running",
    "planned": "a month, planned",
    "stopped": "a month before it stopped",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision needed; `amount` in US dollars a month, `year` over 12 months.

    One that `is_provisional` cannot be signed off before more is answered. `ask` are
    the author's own words if it `is_written`.
    """

    audit_id: UUID
    name: str
    verdict: str
    comes_first: str
    ask: str
    amount: Decimal | None
    year: Decimal | None
    amount_is: str
    by: date | None
    is_late: bool
    role: str
    who: str
    days: int
    is_provisional: bool
    is_written: bool


def decisions_of(of: Team | None, today: date) -> list[Decision]:
    """Return the first few in review by date, so that what is overdue comes first.

    Args:
        of: The team whose they are; without one, any.
        today: The day, before which one is late.
    """
    return list(_decisions(_awaiting(of=of), today))


@written_once
def _awaiting(*, of: Team | None) -> Any:
    rows = PortfolioRow.objects.all().of_team(of).awaiting()
    due = F("due_on").asc(nulls_last=True)
    first = rows.order_by(due, "submitted_at", "pk")
    return first.values(*_COLUMNS)[:MOST]


def _decisions(rows: Any, today: date) -> Iterator[Decision]:
    for row in rows:
        spend, by = row["spend"], row["due_on"]
        paid = ("cost", "cost_year") if spend is None else ("spend", "year")
        amount, year = (row[name] for name in paid)
        since = timezone.localdate(row["submitted_at"])
        yield Decision(
            audit_id=row["audit_id"],
            name=row["name"],
            verdict=row["verdict"],
            comes_first=row["comes_first"],
            ask=row["audit__cover__decision_asked"] or row["ask"],
            amount=amount,
            year=year,
            amount_is="a month, proposed"
            if spend is None
            else _PLAN_IS[plan_state(row["stage"])],
            by=by,
            is_late=bool(by and by < today),
            role="sponsor" if row["audit__cover__sponsor"] else "owner",
            who=row["audit__cover__sponsor"]
            or row["owner__name"]
            or row["owner__email"],
            days=max((today - since).days, 0),
            is_provisional=row["is_provisional"],
            is_written=bool(row["audit__cover__decision_asked"]),
        )
