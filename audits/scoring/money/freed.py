"""What is left of a plan's month once some of it was recorded as freed."""

from dataclasses import dataclass
from decimal import Decimal

_NONE = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOff:
    """How much of a plan's month no longer runs, and how much is not at risk."""

    runs: Decimal
    risk: Decimal


def taken_off(
    *,
    spend: Decimal | None,
    freed: Decimal | None,
    leads_to: Decimal | None,
    is_carried_out: bool,
) -> TakenOff | None:
    """Return what is taken off a plan's month; None where nothing of it is freed.

    Once the decision is carried out, what still runs is what was decided, up to the
    month of what the verdict leads to; only more than that is at risk.

    Args:
        spend: A month of the plan as it was signed; None is "not stated".
        freed: What decisions of this verdict have freed a month; None for nothing.
        leads_to: A month of what the verdict leads to; None is "not stated".
        is_carried_out: Whether all that the board decided is done.

    >>> taken_off(
    ...     spend=Decimal(9349),
    ...     freed=Decimal(6949),
    ...     leads_to=Decimal(3000),
    ...     is_carried_out=True,
    ... )
    TakenOff(runs=Decimal('6949'), risk=Decimal('9349'))
    """
    if spend is None or freed is None:
        return None
    runs = min(freed, spend)
    kept = (leads_to or _NONE) if is_carried_out else _NONE
    return TakenOff(runs=runs, risk=min(runs + kept, spend))
