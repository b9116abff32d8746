"""The use cases that wait for a sign-off, and those that are not ready for one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from audits.frameworks.answering.still_open import StillOpen
from audits.models import PortfolioRow, PortfolioRowQuerySet, Team, User
from audits.models.fields.open_counts import still_open
from audits.models.queries.written_once import written_once
from audits.services.portfolio.asking import asked
from audits.services.reviews.returned import with_authors
from audits.services.reviews.separation import NOBODY, Submitted, signers_said

MOST = 5
# So many of a kind need attention at once; a fold has the others.
FIRST = 2
_COLUMNS = (
    *("audit_id", "name", "stage", "verdict", "comes_first", "ask"),
    *("asked", "asked_said", "asked_if", "asked_then", "asked_plus", "vote_lacks"),
    *("open_questions", "open_later"),
    *("due_on", "submitted_at", "is_provisional", "audit__cover__decision_asked"),
    *("audit__submitted_by", "audit__supersedes", "asks_board", "sent_back_at"),
    *("owner__name", "owner__email"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision needed, with what it asks for in US dollars.

    `asked` is what it asks for over 12 months and `asked_said` whether that is at least
    so much, or so much in part; without an amount, what is said in its place. It asks
    for less if something passes a test, as `asked_if` says, and `asked_then` more after
    a second approval; what else it leaves out, `asked_plus` says. One that
    `is_provisional` cannot be signed off before more is answered, so what it asks for
    does not count yet: what is `still_open` can change it. `ask` are the author's own
    words if it `is_written`. `signers` says for whom it waits, its owner where
    nobody can sign it, and `lacks` what there must be
    before the board can vote on it. The board decides `by` a day where it `asks_board`.
    What was `sent_back_on` a day waits for its author, whom `signers` says then.
    """

    audit_id: UUID
    name: str
    verdict: str
    comes_first: str
    ask: str
    asked: Decimal | None
    asked_said: str
    asked_if: str
    asked_then: Decimal | None
    asked_plus: str
    by: date | None
    is_late: bool
    days: int
    is_provisional: bool
    is_written: bool
    still_open: StillOpen
    signers: str
    lacks: str
    asks_board: bool
    sent_back_on: date | None
    is_signed: ClassVar[bool] = False

    @property
    def waits(self) -> str:
        """Whose turn it is; `signers` are their names."""
        if self.sent_back_on:
            return "With its author"
        if self.is_provisional:
            return "With its owner"
        return "No reviewer" if self.signers == NOBODY else "With a reviewer"


@dataclass(frozen=True, slots=True)
class Awaiting:
    """The first that can be signed off, that are not ready, and that were sent back."""

    ready: tuple[Decision, ...]
    not_ready: tuple[Decision, ...]
    sent_back: tuple[Decision, ...] = ()

    @property
    def overdue(self) -> tuple[Decision, ...]:
        """The first that are not ready, and were due: they come before the others."""
        return tuple(each for each in self.not_ready[:FIRST] if each.is_late)

    @property
    def not_due(self) -> tuple[Decision, ...]:
        """The others that are not ready."""
        return self.not_ready[len(self.overdue) :]


def decisions_of(
    of: Team | None,
    today: date,
    *,
    among: PortfolioRowQuerySet | None = None,
    reader: User | None = None,
) -> Awaiting:
    """Return the first few by date that wait for a sign-off, then as many not ready.

    What is overdue comes first of each. Nobody can sign off what is not ready or was
    sent back, so these have lists of their own.

    Args:
        of: The team whose they are; without one, any.
        today: The day, before which one is late.
        among: The rows that a filter leaves; without them, any.
        reader: Who is told that they can sign, as “you”.
    """
    rows = _awaiting(of=of) if among is None else _first(among)
    found = list(_decisions([*rows], today, reader))
    here = [each for each in found if not each.sent_back_on]
    return Awaiting(
        ready=tuple(each for each in here if not each.is_provisional),
        not_ready=tuple(each for each in here if each.is_provisional),
        sent_back=tuple(each for each in found if each.sent_back_on),
    )


@written_once
def _awaiting(*, of: Team | None) -> Any:
    return _first(PortfolioRow.objects.all().of_team(of))


def _first(portfolio_rows: PortfolioRowQuerySet) -> Any:
    rows = portfolio_rows.awaiting().with_board_asked().with_sent_back()
    order = (F("due_on").asc(nulls_last=True), "submitted_at", "pk")
    place = Window(
        RowNumber(), partition_by=["state", "is_provisional"], order_by=order
    )
    first = rows.annotate(place=place).filter(place__lte=MOST)
    return first.order_by("is_provisional", *order).values(*_COLUMNS)


def _decisions(rows: list[Any], today: date, reader: User | None) -> Iterator[Decision]:
    read = itemgetter("audit_id", "audit__submitted_by", "audit__supersedes")
    sent = [row["audit_id"] for row in rows if row["sent_back_at"]]
    ready = (
        Submitted(*read(row))
        for row in rows
        if not (row["is_provisional"] or row["sent_back_at"])
    )
    signers = {**signers_said(ready, reader), **with_authors(sent)}
    for row in rows:
        by, waits = row["due_on"], row["is_provisional"]
        ask, is_written = decision_in_a_line(row)
        amount, said = asked(
            is_provisional=False,  # a row says beside it that it does not count yet
            verdict=row["verdict"],
            stage=row["stage"],
            amount=row["asked"],
            said=row["asked_said"],
        )
        sent_back_on = row["sent_back_at"] and timezone.localdate(row["sent_back_at"])
        since = sent_back_on or timezone.localdate(row["submitted_at"])
        yield Decision(
            audit_id=row["audit_id"],
            name=row["name"],
            verdict=row["verdict"],
            comes_first=row["comes_first"],
            ask=ask,
            asked=amount,
            asked_said=said,
            **then_of(row, amount),
            by=by,
            is_late=bool(by and by < today),
            days=max((today - since).days, 0),
            is_provisional=waits,
            is_written=is_written,
            still_open=still_open(row["open_questions"], row["open_later"]),
            signers=signers.get(row["audit_id"], "") or _owner(row),
            lacks="" if waits else row["vote_lacks"],
            asks_board=row["asks_board"],
            sent_back_on=sent_back_on,
        )


def then_of(row: dict[str, Any], amount: Decimal | None) -> dict[str, Any]:
    """Return what an amount asked for may become; nothing without one."""
    if not amount:
        return {"asked_if": "", "asked_then": None, "asked_plus": ""}
    return {name: row[name] for name in ("asked_if", "asked_then", "asked_plus")}


def _owner(row: dict[str, Any]) -> str:
    return str(row["owner__name"] or row["owner__email"])


def decision_in_a_line(row: dict[str, Any]) -> tuple[str, bool]:
    """Return what a row asks to decide, and whether its author wrote that.

    Args:
        row: What a portfolio row and the cover of its paper ask for.
    """
    written: str = row["audit__cover__decision_asked"] or ""
    return written or _in_a_line(row["ask"]), bool(written)


def _in_a_line(ask: str) -> str:
    """Return the first sentence, which says what to decide; the result has the rest.

    >>> _in_a_line("Fund the practices. Decide on training once they are in place.")
    'Fund the practices.'
    """
    first, more, _ = ask.partition(". ")
    return f"{first}." if more else ask
