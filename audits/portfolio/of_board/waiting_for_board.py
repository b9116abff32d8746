"""What a reviewer has signed and the board has not decided, the first day first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from django.db.models import F

from audits.models import PortfolioRow, PortfolioRowQuerySet, Team
from audits.models.portfolio.filters import SIGNED_WAITING
from audits.models.queries.written_once import written_once
from audits.portfolio.decisions import MOST
from audits.services.portfolio.asking import NEEDED_ON, asked

_COLUMNS = (
    *("audit_id", "name", "stage", "verdict", "override", "asked", "asked_said"),
    *("asked_if", "needed_on", "conditions_said", "board_state", "vote_lacks"),
)


class Dated(Protocol):
    """What waits, and when its decision is needed."""

    @property
    def by(self) -> date | None:
        """The day; None if none is set."""

    @property
    def is_late(self) -> bool:
        """Whether the day is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingForBoard:
    """A signed verdict that waits for the board: what it asks for, and by when.

    It asks for less if something passes a test, as `asked_if` says. The day is that of
    the board's next look if it `is_deferred`. `said` is what became of its conditions,
    and `lacks` what there must be before the board can vote on it.
    """

    audit_id: UUID
    name: str
    verdict: str
    override: str
    asked: Decimal | None
    asked_said: str
    asked_if: str
    by: date | None
    is_late: bool
    is_deferred: bool
    said: str
    lacks: str


def waiting_for_board(
    of: Team | None, today: date, *, among: PortfolioRowQuerySet | None = None
) -> list[WaitingForBoard]:
    """Return the first few.

    Args:
        of: The team whose they are; without one, any.
        today: The day, before which one is late.
        among: The rows that a filter leaves; without them, any.
    """
    rows = _signed(of=of) if among is None else _first(among)
    return [_waiting(row, today) for row in rows]


def first_day(*lists: Sequence[Dated]) -> Dated | None:
    """Return what is needed first of lists in order of days; None without a day."""
    dated = [each[0] for each in lists if each and each[0].by]
    return min(dated, key=lambda first: first.by or date.max, default=None)


def _waiting(row: dict[str, Any], today: date) -> WaitingForBoard:
    amount, said = asked(
        is_provisional=False,
        verdict=row["verdict"],
        stage=row["stage"],
        amount=row["asked"],
        said=row["asked_said"],
    )
    by = row["needed_on"]
    conditions = row["conditions_said"]
    return WaitingForBoard(
        audit_id=row["audit_id"],
        name=row["name"],
        verdict=row["verdict"],
        override=row["override"],
        asked=amount,
        asked_said=said,
        asked_if=row["asked_if"] if amount else "",
        by=by,
        is_late=bool(by and by < today),
        is_deferred=row["board_state"] == "deferred",
        said=f"conditions: {conditions}" if conditions else "",
        lacks=row["vote_lacks"],
    )


@written_once
def _signed(*, of: Team | None) -> Any:
    return _first(PortfolioRow.objects.all().of_team(of))


def _first(portfolio_rows: PortfolioRowQuerySet) -> Any:
    rows = portfolio_rows.filter(SIGNED_WAITING).annotate(needed_on=NEEDED_ON)
    order = (F("needed_on").asc(nulls_last=True), "name", "pk")
    return rows.order_by(*order).values(*_COLUMNS)[:MOST]
