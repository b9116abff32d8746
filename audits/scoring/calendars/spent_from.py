"""What 12 months cost from a day in them on."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

from audits.scoring.costs.cost_calendar import CostCalendar, months_from


def spent_from(calendar: CostCalendar, day: date) -> Decimal:
    """Return what is spent from a day on until the end of the 12 months.

    What is spent once counts if its day is not earlier. The month of the day counts by
    its days, at the rate of the month after it, as a price or a model in it changes on
    that day; the last month has none after it, and counts at its own.

    Args:
        calendar: The 12 months of a technique.
        day: The first day that counts.

    Returns:
        Dollars, not rounded.

    Source: docs/method.md, formula 13.
    """
    spent = sum((x.amount for x in calendar.one_offs if x.day >= day), Decimal(0))
    spans = [*pairwise(months_from(calendar.months[0].start))]
    running = [month.running for month in calendar.months]
    after = [*running[1:], running[-1]]
    for (start, end), own, following in zip(spans, running, after, strict=True):
        if day <= start:
            spent += own
        elif day < end:
            spent += following * (end - day).days / (end - start).days
    return spent
