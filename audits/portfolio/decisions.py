"""The use cases that wait for a decision, the most urgent first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from audits.frameworks.loading import loader
from audits.models import PortfolioRow, Team
from audits.models.written_once import written_once
from audits.scoring.money.states import PlanState, plan_state

MOST = 5
_COLUMNS = (
    *("audit_id", "name", "stage", "verdict", "comes_first", "ask", "spend", "year"),
    *("asked", "asked_said"),
    *("due_on", "submitted_at", "owner__name", "owner__email", "is_provisional"),
    *("audit__cover__sponsor", "audit__cover__decision_asked"),
)

_NOTHING_YET, _NOTHING_NEW = "Nothing yet", "Nothing new"
# What the current plan's money does, by its state.
_PLAN_IS: Mapping[PlanState, str] = {
    "running": "running",
    "planned": "planned",
    "stopped": "before it stopped",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision needed, with its money in US dollars.

    `asked` is what it asks for over 12 months and `asked_said` whether that is at least
    or about so much; without an amount, what is said in its place. `plan` is a month of
    the current plan and `plan_year` its 12 months; `plan_is` says whether it runs. One
    that `is_provisional` cannot be signed off before more is answered, and asks for
    nothing yet. `ask` are the author's own words if it `is_written`.
    """

    audit_id: UUID
    name: str
    verdict: str
    comes_first: str
    ask: str
    asked: Decimal | None
    asked_said: str
    plan: Decimal | None
    plan_year: Decimal | None
    plan_is: str
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
        by, waits = row["due_on"], row["is_provisional"]
        asked, said = _asked(row)
        since = timezone.localdate(row["submitted_at"])
        yield Decision(
            audit_id=row["audit_id"],
            name=row["name"],
            verdict=row["verdict"],
            comes_first=row["comes_first"],
            ask=row["audit__cover__decision_asked"] or _in_a_line(row["ask"]),
            asked=asked,
            asked_said=said,
            plan=row["spend"],
            plan_year=row["year"],
            plan_is=_PLAN_IS[plan_state(row["stage"])],
            by=by,
            is_late=bool(by and by < today),
            role="sponsor" if row["audit__cover__sponsor"] else "owner",
            who=row["audit__cover__sponsor"]
            or row["owner__name"]
            or row["owner__email"],
            days=max((today - since).days, 0),
            is_provisional=waits,
            is_written=bool(row["audit__cover__decision_asked"]),
        )


def _in_a_line(ask: str) -> str:
    """Return the first sentence, which says what to decide; the result has the rest.

    >>> _in_a_line("Fund the practices. Decide on training once they are in place.")
    'Fund the practices.'
    """
    first, more, _ = ask.partition(". ")
    return f"{first}." if more else ask


def _asked(row: Mapping[str, Any]) -> tuple[Decimal | None, str]:
    """Return what is asked for; nothing before it can be signed, or once it stopped.

    The stored amount is of the stage on the day of the last assessment.
    """
    if row["is_provisional"]:
        return None, _NOTHING_YET
    words = loader.current().verdicts.get(row["verdict"])
    is_stopped = plan_state(row["stage"]) == "stopped"
    if is_stopped and words and words.family != "gather":
        return None, _NOTHING_NEW
    return row["asked"], row["asked_said"]
