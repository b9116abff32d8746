"""What a decision frees, by the usage of months after it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from audits.models import BoardDecision, DecisionStep, Outcome, PortfolioRow
from audits.scoring.board.standing import counted
from audits.scoring.numbers.currency import in_its_currency, published_rate
from audits.scoring.proposals.proposal import DOLLARS
from audits.scoring.tracking.outcomes import months_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """A month's money that usage shows to have come free, since a day.

    `before` is what a month of the plan cost, and `after` the latest month of usage.
    `already` of the difference is recorded as freed, so `amount` is the rest.
    """

    amount: Decimal
    currency: str
    since: date
    before: Decimal
    after: Decimal
    already: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class CostsOfPlan:
    """What a current plan costs, in the currency of a decision: no more is freed.

    `once` is the most that can be freed at once: its 12 months, or a training if that
    `is_training`. None is "not stated".
    """

    month: Decimal | None
    once: Decimal | None
    is_training: bool


def costs_of_plan(decision: BoardDecision) -> CostsOfPlan:
    """Return what the current plan of a decided audit costs."""
    found = PortfolioRow.objects.filter(audit=decision.audit_id)
    columns = ("spend", "year", "training_once")
    row = found.values_list(*columns).first() or (None, None, None)
    month, year, training = (in_own_currency(x, decision.currency) for x in row)
    return CostsOfPlan(
        month=month,
        once=max(filter(None, (year, training)), default=None),
        is_training=any(each.basis == "once" for each in decision.asks),
    )


def in_own_currency(amount: Decimal | None, currency: str) -> Decimal | None:
    """Return US dollars in a currency at today's rate; None without one."""
    if amount is None or currency == DOLLARS:
        return amount
    rate = published_rate(currency, timezone.localdate())
    return in_its_currency(amount, rate) if rate else None


def freed_already(decision: BoardDecision, basis: str) -> Decimal:
    """Return what is recorded as freed of a decided audit, a month or once."""
    steps = counted(DecisionStep.objects.filter(audit=decision.audit_id))
    found = (
        step.amount
        for step in steps
        if step.basis == basis and step.currency == decision.currency
    )
    return sum(filter(None, found), Decimal(0))


def released_of(decision: BoardDecision) -> Released | None:
    """Return what is freed by the usage of months after a decision; None without.

    That is what a month of the plan cost less the latest such month, where both are
    known, and less what is recorded already. Synthetic usage shows nothing.
    """
    row = PortfolioRow.objects.filter(audit=decision.audit_id).first()
    stored = Outcome.objects.filter(audit=decision.audit_id).first()
    if row is None or row.spend is None or stored is None:
        return None
    seen = {
        month.first: month.seen
        for month in months_of(stored.months)
        if month.seen is not None
        and not month.is_synthetic
        and month.first >= decision.decided_on
    }
    if not seen:
        return None
    after = seen[max(seen)]
    less = in_own_currency(row.spend - after, decision.currency)
    already = freed_already(decision, DecisionStep.Basis.MONTH)
    if less is None or less <= already:
        return None
    return Released(
        amount=less - already,
        currency=decision.currency,
        since=min(seen),
        before=row.spend,
        after=after,
        already=already,
    )
