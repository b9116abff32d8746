"""When an advice that costs less than the plan costs more after all."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from audits.scoring.costs.rounding import written

# A page says that an advice may cost more from a twentieth more on: less is nothing
# beside the width of both ranges.
_TOLD_FROM = Decimal("1.05")


def costs_more_then(
    months: tuple[Decimal, Decimal], most: tuple[Decimal, Decimal], net: Decimal
) -> Iterator[tuple[str, str | None]]:
    """Yield when what costs less than the plan costs more: later, or at its most.

    Args:
        months: What a month of the advice and of the plan costs after the 12 months.
        most: What the 12 months of each cost at most.
        net: What the 12 months save.
    """
    if months[0] > months[1]:
        yield "month_after", f"${written(months[0])}"
        yield "plan_after", f"${written(months[1])}"
        yield "used_up", used_up(net, months[0] - months[1])
    elif months[0] == months[1]:
        yield "month_of_both", f"${written(months[0])}"
    if most[0] > most[1] * _TOLD_FROM:
        yield "most", f"${written(most[0])}"
        yield "plan_most", f"${written(most[1])}"


def used_up(saved: Decimal, more: Decimal) -> str:
    """Say how long after the 12 months a saving is gone, at what a month then costs.

    It is gone by then where these save nothing.

    >>> used_up(Decimal(10305), Decimal(1615)), used_up(Decimal(9), Decimal(10))
    ('about 6 months later', 'within a month')
    """
    if saved <= 0:
        return "by then"
    if saved < more:
        return "within a month"
    months = (saved / more).quantize(Decimal(1), ROUND_HALF_UP)
    return f"about {'a month' if months == 1 else f'{months} months'} later"
