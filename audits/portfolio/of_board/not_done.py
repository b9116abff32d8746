"""What the board approved and nobody has carried out, the first day first."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, Subquery, Window
from django.db.models.functions import RowNumber
from django.utils.text import Truncator

from audits.models import BoardDecision, PortfolioRow, PortfolioRowQuerySet, Team
from audits.models.queries.written_once import written_once
from audits.models.sign_offs.conditions import holding_conditions
from audits.portfolio.decisions import FIRST, MOST
from audits.scoring.board.approved_part import beside_asked
from audits.scoring.board.words import amount_in, first_steps, held_until

_COLUMNS = (
    *("audit_id", "name", "verdict", "override", "board_said", "board_missing"),
    *("board_due_on", "owner", "owner__name", "owner__email"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotDone:
    """An approved decision that is open: what is missing, of whom, and until when.

    `changed` is what the board changed, `approved` its amount and `beside` the words
    after that, `held` until the conditions of the sign-off are met; empty if it is not.
    `recorded` is by whom. The board decided it so many `days` ago.
    """

    audit_id: UUID
    name: str
    verdict: str
    override: str
    said: str
    missing: str
    by: date | None
    is_late: bool
    owner: str
    changed: str
    approved: str
    beside: str
    held: str
    recorded: str
    days: int
    is_largest: bool


def not_done_of(
    of: Team | None, today: date, *, among: PortfolioRowQuerySet | None = None
) -> list[NotDone]:
    """Return the first few.

    Args:
        of: The team whose they are; without one, any.
        today: The day, before which one is late.
        among: The rows that a filter leaves; without them, any.
    """
    rows = _open(of=of) if among is None else _first(among)
    found = [
        NotDone(
            audit_id=row["audit_id"],
            name=row["name"],
            verdict=row["verdict"],
            override=row["override"],
            said=row["board_said"],
            missing=_cut(row["board_missing"]),
            by=(by := row["board_due_on"]),
            is_late=bool(by and by < today),
            owner=row["owner__name"] or row["owner__email"],
            changed=row["words"] if row["outcome"] == "amended" else "",
            **_approved(row),
            held=_held(row),
            recorded=_recorded(row),
            days=max((today - row["decided_on"]).days, 0) if row["decided_on"] else 0,
            is_largest=row["by_size"] == 1 and row["amount"] is not None,
        )
        for row in rows
    ]
    return _shown_first(found)


def _shown_first(found: list[NotDone]) -> list[NotDone]:
    """Return the rows by their day, but the largest among those that are not folded."""
    largest = next((row for row in found[FIRST:] if row.is_largest), None)
    if largest is None:
        return found[:MOST]
    rest = [row for row in found if row is not largest]
    return [*rest[: FIRST - 1], largest, *rest[FIRST - 1 :]][:MOST]


def _cut(missing: str) -> str:
    """Return what is to do in a line, with the full stop of the sentence it ends."""
    cut = Truncator(first_steps(missing)).chars(120)
    return cut if cut.endswith("…") else f"{cut}."


def _approved(row: dict[str, Any]) -> dict[str, str]:
    """Return what was approved, and of what; both empty if nobody said an amount."""
    amount, currency = row["amount"], row["currency"]
    if amount is None:
        return {"approved": "", "beside": ""}
    of, _ = beside_asked(amount, currency, row["asked_last"])
    return {"approved": amount_in(amount, currency), "beside": f"approved{of}"}


def _recorded(row: dict[str, Any]) -> str:
    """Return who recorded the decision, and whether it is theirs."""
    by: str = row["recorder_name"] or row["recorder_at"]
    return f"{by}, who owns it" if row["recorder"] == row["owner"] else by


def _held(row: dict[str, Any]) -> str:
    said = row["waits_said"] == row["waits_of"]
    is_held = row["amount"] and row["waits_of"]
    first = row["waits_from"]
    return held_until(row["waits_of"], first, is_said=said) if is_held else ""


@written_once
def _open(*, of: Team | None) -> Any:
    return _first(PortfolioRow.objects.all().of_team(of))


def _first(portfolio_rows: PortfolioRowQuerySet) -> Any:
    rows = portfolio_rows.not_done()
    decisions = BoardDecision.objects.filter(audit=OuterRef("audit"))
    last = decisions.order_by("-number")

    def of_last(column: str) -> Subquery:
        return Subquery(last.values(column)[:1])

    told: dict[str, Any] = {
        name: of_last(name)
        for name in ("outcome", "words", "amount", "currency", "decided_on")
    }
    who = {"recorder": "by", "recorder_name": "by__name", "recorder_at": "by__email"}
    told |= {name: of_last(column) for name, column in who.items()}
    told |= {
        "asked_last": of_last("asked"),
        **holding_conditions("audit__conditions"),
    }
    order = ("board_due_on", "name", "pk")
    size = F("amount").desc(nulls_last=True)
    places = {
        "by_day": Window(RowNumber(), order_by=order),
        "by_size": Window(RowNumber(), order_by=(size, *order)),
    }
    found = rows.annotate(**told).annotate(**places)
    shown = found.filter(Q(by_day__lte=MOST) | Q(by_size=1)).order_by(*order)
    return shown.values(*_COLUMNS, *told, *places)
