"""What the board approved and nobody has carried out, the first day first."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from audits.models import PortfolioRow, Team
from audits.models.written_once import written_once
from audits.portfolio.decisions import MOST

_COLUMNS = (
    *("audit_id", "name", "board_said", "board_missing", "board_due_on"),
    *("owner__name", "owner__email"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotDone:
    """An approved decision that is open: what is missing, of whom, and until when."""

    audit_id: UUID
    name: str
    said: str
    missing: str
    by: date | None
    is_late: bool
    owner: str


def not_done_of(of: Team | None, today: date) -> list[NotDone]:
    """Return the first few.

    Args:
        of: The team whose they are; without one, any.
        today: The day, before which one is late.
    """
    return [
        NotDone(
            audit_id=row["audit_id"],
            name=row["name"],
            said=row["board_said"],
            missing=row["board_missing"],
            by=(by := row["board_due_on"]),
            is_late=bool(by and by < today),
            owner=row["owner__name"] or row["owner__email"],
        )
        for row in _open(of=of)
    ]


@written_once
def _open(*, of: Team | None) -> Any:
    rows = PortfolioRow.objects.all().of_team(of).not_done()
    return rows.order_by("board_due_on", "name", "pk").values(*_COLUMNS)[:MOST]
