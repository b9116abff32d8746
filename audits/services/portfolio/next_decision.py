"""The next decision that waits for a reviewer."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F

from audits.models import PortfolioRow, User
from audits.models.portfolio.filters import TO_DECIDE


@dataclass(frozen=True, slots=True)
class NextDecision:
    """One that can be decided: its use case, and by when."""

    audit_id: UUID
    name: str
    by: date | None


def next_decision(person: User) -> NextDecision | None:
    """Return the first by date of what others submitted; None if nothing waits."""
    rows: Any = PortfolioRow.objects.filter(TO_DECIDE)
    first = rows.exclude(audit__submitted_by=person).order_by(
        F("due_on").asc(nulls_last=True), "submitted_at", "pk"
    )
    found = first.values_list("audit_id", "name", "due_on").first()
    return NextDecision(*found) if found else None
