"""What is left of a plan once some of it is freed, or its training has ended."""

from dataclasses import dataclass
from decimal import Decimal

from audits.scoring.costs.rounding import as_printed

_NONE = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOff:
    """How much of a plan no longer runs, and how much is not at risk.

    Of 12 months it is the same part of all but what is paid once: what they have of
    known changes shrinks with them. None is "not stated".
    """

    runs: Decimal
    risk: Decimal
    runs_year: Decimal | None
    risk_year: Decimal | None


def taken_off(
    *,
    spend: Decimal | None,
    freed: Decimal | None,
    leads_to: Decimal | None,
    is_carried_out: bool,
    year: Decimal | None = None,
    once: Decimal | None = None,
) -> TakenOff | None:
    """Return what is taken off a plan; None where nothing of its month is freed.

    Once the decision is carried out, what still runs is what was decided, up to the
    month of what the verdict leads to; only more than that is at risk.

    Args:
        spend: A month of the plan as it was signed; None is "not stated".
        freed: What decisions of this verdict have freed a month; None for nothing.
        leads_to: A month of what the verdict leads to; None is "not stated".
        is_carried_out: Whether all that the board decided is done.
        year: 12 months of the plan, with what is paid once.
        once: What is paid once in them.

    >>> taken_off(
    ...     spend=Decimal(9349),
    ...     freed=Decimal(6949),
    ...     leads_to=Decimal(3000),
    ...     is_carried_out=True,
    ... ).runs
    Decimal('6949')
    """
    if spend is None or freed is None:
        return None
    months = None if year is None else year - (once or _NONE)

    def of_year(off: Decimal) -> Decimal | None:
        if months is None or not spend:
            return None
        return as_printed(months * off / spend)

    runs = min(freed, spend)
    kept = (leads_to or _NONE) if is_carried_out else _NONE
    risk = min(runs + kept, spend)
    return TakenOff(
        runs=runs, risk=risk, runs_year=of_year(runs), risk_year=of_year(risk)
    )


def training_off(
    training: Decimal | None, *, freed: Decimal | None, has_ended: bool
) -> Decimal | None:
    """Return what of a training is not paid any more; None where nothing was done.

    Args:
        training: What is paid up front for it; None without a price, or without one.
        freed: What decisions of this verdict have freed once; None for nothing.
        has_ended: Whether somebody reported that the training was stopped.

    >>> training_off(Decimal(19_322), freed=None, has_ended=True)
    Decimal('19322')
    >>> training_off(Decimal(19_322), freed=Decimal(500), has_ended=False)
    Decimal('500')
    """
    paid = training or _NONE
    if has_ended:
        return paid
    return None if freed is None or not paid else min(freed, paid)
