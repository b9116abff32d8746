"""What a reviewer has signed: what the board can vote on now, and what it cannot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar, Protocol
from uuid import UUID

from django.db.models import Case, F, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from audits.models import PortfolioRow, PortfolioRowQuerySet, Team
from audits.models.portfolio.filters import SIGNED_VOTABLE, SIGNED_WAITING
from audits.models.queries.written_once import written_once
from audits.portfolio.decisions import MOST, Decision, decision_in_a_line, then_of
from audits.services.portfolio.asking import NEEDED_ON, asked, asking_later

_COLUMNS = (
    *("audit_id", "name", "stage", "verdict", "override", "asked", "asked_said"),
    *(
        "asked_if",
        "asked_then",
        "asked_plus",
        "needed_on",
        "conditions_said",
        "board_state",
    ),
    *("ask", "audit__cover__decision_asked", "audit__signed_off_at", "can_vote"),
    *("owner__name", "owner__email", "vote_lacks"),
)

# What the board decides so soon is not folded away.
_NEAR = timedelta(days=14)


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

    `ask` is what to decide, in the author's own words if it `is_written`; it waits so
    many `days` since the sign-off. It asks for less if something passes a test, as
    `asked_if` says, and for `asked_then` more after a second approval; `asked_plus`
    says what else it leaves out. The day is that of the board's next look if it
    `is_deferred`. `said` is what became of its conditions, and `lacks` what there must
    be before the board can vote on it. Its `owner` sees that it gets there.
    """

    audit_id: UUID
    name: str
    verdict: str
    override: str
    ask: str
    is_written: bool
    asked: Decimal | None
    asked_said: str
    asked_if: str
    asked_then: Decimal | None
    asked_plus: str
    by: date | None
    is_late: bool
    is_near: bool
    days: int
    is_deferred: bool
    said: str
    lacks: str
    owner: str
    is_signed: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class ForBoard:
    """The first that the board can vote on, and the first of the others."""

    votes: tuple[WaitingForBoard, ...] = ()
    held_back: tuple[WaitingForBoard, ...] = ()


def waiting_for_board(
    of: Team | None, today: date, *, among: PortfolioRowQuerySet | None = None
) -> ForBoard:
    """Return the first few of each.

    Args:
        of: The team whose they are; without one, any.
        today: The day, before which one is late.
        among: The rows that a filter leaves; without them, any.
    """
    rows = _signed(of=of) if among is None else _first(among)
    found = [(row["can_vote"], _waiting(row, today)) for row in rows]
    return ForBoard(
        votes=tuple(row for can_vote, row in found if can_vote),
        held_back=tuple(row for can_vote, row in found if not can_vote),
    )


@dataclass(frozen=True, slots=True)
class Needed:
    """The first that need a decision: `votes` of the board, and `ready` to sign off."""

    votes: tuple[WaitingForBoard, ...]
    ready: tuple[Decision, ...]

    @property
    def by_day(self) -> tuple[WaitingForBoard | Decision, ...]:
        """Both in one list: what has no day comes last."""
        rows: tuple[WaitingForBoard | Decision, ...] = (*self.votes, *self.ready)
        return tuple(sorted(rows, key=lambda row: row.by or date.max))


def asked_later_of(
    of: Team | None, total: int, *, among: PortfolioRowQuerySet | None = None
) -> str:
    """Name the only use case whose amount the board cannot vote on yet; else nothing.

    Args:
        of: The team whose it is; without one, any.
        total: How many there are.
        among: The rows that a filter leaves; without them, any.
    """
    if total != 1:
        return ""
    rows = PortfolioRow.objects.all().of_team(of) if among is None else among
    later = rows.filter(asking_later(), asked__isnull=False)
    return later.values_list("name", flat=True).first() or ""


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
    conditions, signed = row["conditions_said"], row["audit__signed_off_at"]
    ask, is_written = decision_in_a_line(row)
    return WaitingForBoard(
        audit_id=row["audit_id"],
        name=row["name"],
        verdict=row["verdict"],
        override=row["override"],
        ask=ask,
        is_written=is_written,
        asked=amount,
        asked_said=said,
        **then_of(row, amount),
        by=by,
        is_late=bool(by and by < today),
        is_near=bool(by and by <= today + _NEAR),
        days=max((today - timezone.localdate(signed)).days, 0) if signed else 0,
        is_deferred=row["board_state"] == "deferred",
        said=f"conditions: {conditions}" if conditions else "",
        lacks=row["vote_lacks"],
        owner=row["owner__name"] or row["owner__email"],
    )


@written_once
def _signed(*, of: Team | None) -> Any:
    return _first(PortfolioRow.objects.all().of_team(of))


def _first(portfolio_rows: PortfolioRowQuerySet) -> Any:
    rows = portfolio_rows.filter(SIGNED_WAITING).annotate(needed_on=NEEDED_ON)
    rows = rows.annotate(
        can_vote=Case(
            When(SIGNED_VOTABLE, then=Value(value=True)), default=Value(value=False)
        )
    )
    order = (F("needed_on").asc(nulls_last=True), "name", "pk")
    place = Window(RowNumber(), partition_by="can_vote", order_by=order)
    first = rows.annotate(place=place).filter(place__lte=MOST)
    return first.order_by(*order).values(*_COLUMNS)
