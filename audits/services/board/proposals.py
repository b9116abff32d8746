"""What is proposed for a decision: what its paper asks for, and what came free."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from audits.models import Audit, BoardDecision, Outcome, PortfolioRow
from audits.scoring.numbers.currency import in_its_currency, published_rate
from audits.scoring.proposals.proposal import DOLLARS
from audits.scoring.tracking.outcomes import months_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """A month's money that usage shows to have come free, since a day.

    `before` is what a month of the plan cost, and `after` the latest month of usage.
    """

    amount: Decimal
    currency: str
    since: date
    before: Decimal
    after: Decimal


def proposed_amount(audit: Audit) -> Decimal | None:
    """Return what the paper asks for, in the currency of the organization."""
    rows = PortfolioRow.objects.filter(audit=audit)
    asked = rows.values_list("asked", flat=True).first()
    return in_own_currency(asked, audit.organization.currency)


def in_own_currency(amount: Decimal | None, currency: str) -> Decimal | None:
    """Return US dollars in a currency at today's rate; None without one."""
    if amount is None or currency == DOLLARS:
        return amount
    rate = published_rate(currency, timezone.localdate())
    return in_its_currency(amount, rate) if rate else None


def released_of(decision: BoardDecision) -> Released | None:
    """Return what came free by the usage of months after a decision; None without.

    That is what a month of the plan cost less the latest such month, where both are
    known. Synthetic usage shows nothing.
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
    amount = in_own_currency(row.spend - after, decision.currency)
    if amount is None or amount <= 0:
        return None
    return Released(
        amount=amount,
        currency=decision.currency,
        since=min(seen),
        before=row.spend,
        after=after,
    )
