"""What decisions of the board have freed, as the row of a use case has it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django_scopes import scopes_disabled

from audits.models import Audit, DecisionStep, PortfolioRow, UseCase
from audits.scoring.board.freed import Freed, taken_off, training_off
from audits.scoring.board.standing import counted
from audits.scoring.numbers.currency import published_rate
from audits.scoring.proposals.proposal import DOLLARS
from audits.services.portfolio.money.plan_months import plan_months

# The columns that follow from what is freed.
OF_FREED = (
    *("freed", "freed_once", "freed_of", "freed_next_on"),
    *("spend_off", "risk_off", "year_off", "risk_year_off", "training_off"),
)
_CENT = Decimal("0.01")
_MONEY = ("spend", "cost", "year", "once", "training_once", "since")
_NOTHING: Mapping[str, Any] = {**dict.fromkeys(OF_FREED), "freed_of": 0}


def freed_columns(audit: Audit, known: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row says of money that is freed, by today.

    All decisions of its use case count in what is freed; of its plan, only those of
    the verdict in force are taken off, as an earlier one had another plan.

    Args:
        audit: The audit in force.
        known: The columns of its row that are known: what became of its decision, and
            the money, which else is read.

    Note: one query for a signed audit, one more for money that is not known, and one
    for the months of a plan of which some is freed.
    """
    done = _steps(audit)
    steps = [step for step in done if step.amount is not None]
    today = timezone.localdate()
    begun = [step for step in steps if step.day <= today]
    month = [step for step in begun if step.basis == DecisionStep.Basis.MONTH]
    once = [step for step in begun if step not in month]
    has_ended = any(
        step.kind == DecisionStep.Kind.TRAINING and step.audit_id == audit.pk
        for step in done
    )
    if not steps and not has_ended:
        return dict(_NOTHING)
    own, own_once = ([x for x in y if x.audit_id == audit.pk] for y in (month, once))
    money = known if "spend" in known else _money(audit)
    freed = _freed(own)
    off = taken_off(
        spend=money["spend"],
        freed=freed,
        leads_to=money["cost"],
        is_carried_out=known["board_state"] == "carried_out",
        months=plan_months(audit, money, freed[0].day) if freed else None,
    )
    return {
        "freed": _sum(month),
        "freed_once": _sum(once),
        "freed_of": len({step.audit_id for step in begun}),
        "freed_next_on": _next_on(steps, today),
        "spend_off": off.runs if off else None,
        "risk_off": off.risk if off else None,
        "year_off": _cents(off.runs_year if off else None),
        "risk_year_off": _cents(off.risk_year if off else None),
        "training_off": training_off(
            money["training_once"], freed=_sum(own_once), has_ended=has_ended
        ),
    }


def freed_after(row: PortfolioRow, columns: dict[str, Any]) -> dict[str, Any]:
    """Return what is freed once the stage has changed what became of a decision."""
    money = {name: getattr(row, name) for name in _MONEY}
    return freed_columns(row.audit, {**columns, **money})


def follow_freed() -> int:
    """Write the rows of use cases for which more money is freed from today on.

    Returns:
        How many were written.
    """
    with scopes_disabled():
        today = timezone.localdate()
        due = PortfolioRow.objects.filter(freed_next_on__lte=today)
        return sum(map(_write_freed, list(due.values_list("use_case_id", flat=True))))


@transaction.atomic
def _write_freed(pk: UUID) -> bool:
    UseCase.objects.select_for_update(no_key=True).filter(pk=pk).first()
    row = PortfolioRow.objects.select_related("audit").filter(use_case=pk).first()
    if row is None:
        return False
    columns = freed_columns(row.audit, vars(row))
    return bool(PortfolioRow.objects.filter(pk=row.pk).update(**columns))


def _steps(audit: Audit) -> list[DecisionStep]:
    """Return all that counts that was done about a signed use case's decisions."""
    if audit.state != Audit.State.SIGNED_OFF:
        return []
    found = DecisionStep.objects.filter(audit__use_case=audit.use_case_id)
    return counted(found)


def _money(audit: Audit) -> Mapping[str, Any]:
    stored = PortfolioRow.objects.filter(use_case=audit.use_case_id)
    return stored.values(*_MONEY).first() or dict.fromkeys(_MONEY)


def _freed(steps: Sequence[DecisionStep]) -> list[Freed]:
    """Return amounts from their days on; none if one has no rate to US dollars."""
    found = [(step.day, _in_dollars(step)) for step in steps]
    known = [Freed(day=day, month=x) for day, x in found if x is not None]
    return known if len(known) == len(found) else []


def _next_on(steps: Sequence[DecisionStep], today: date) -> date | None:
    return min((step.day for step in steps if step.day > today), default=None)


def _sum(steps: Iterable[DecisionStep]) -> Decimal | None:
    """Add amounts up; None without any, or if one has no rate to US dollars."""
    found = [_in_dollars(step) for step in steps]
    known = [amount for amount in found if amount is not None]
    if not known or len(known) < len(found):
        return None
    return _cents(sum(known, Decimal(0)))


def _cents(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount.quantize(_CENT)


def _in_dollars(step: DecisionStep) -> Decimal | None:
    """Return an amount in US dollars, at the rate of the day it was recorded."""
    if step.amount is None or step.currency == DOLLARS:
        return step.amount
    rate = published_rate(step.currency, timezone.localdate(step.at))
    return step.amount * rate.dollars if rate else None
