"""What a month costs before and after a day in it on which a price or model changes.

A calendar has the sum of each month. The rates in one follow from the months beside it.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from audits.scoring.costs.cost_calendar import CostCalendar, EventKind, months_from

# What is paid once, or only keeps a model from being trained, changes no month.
_NO_CHANGE: tuple[EventKind, ...] = ("again", "tuning_end")
type _Span = tuple[date, date]


def run_until(calendar: CostCalendar, on: date, first: Decimal) -> Decimal:
    """Return what has run until a day in the 12 months, each day at its own rate.

    Args:
        calendar: The 12 months, rounded as pages print them.
        on: The day, which itself is not over.
        first: What a month costs at the rate of the first day.

    Returns:
        Dollars, not rounded.
    """
    return sum(
        (
            rate * (min(on, end) - start).days
            for (start, end), rate in _daily_rates(calendar, first)
            if start < on
        ),
        Decimal(0),
    )


def month_before(calendar: CostCalendar, on: date, first: Decimal) -> Decimal:
    """Return what a month costs at the rate of the day before another, in dollars.

    Args:
        calendar: The 12 months, rounded as pages print them.
        on: A day after their first.
        first: What a month costs at the rate of the first day.
    """
    starts = months_from(calendar.months[0].start)
    rates = [
        (start, rate)
        for (start, _), rate in _daily_rates(calendar, first)
        if start < on
    ]
    day, rate = rates[-1]
    length = next((b - a).days for a, b in pairwise(starts) if a <= day < b)
    return rate * length


def _daily_rates(
    calendar: CostCalendar, first: Decimal
) -> Iterator[tuple[_Span, Decimal]]:
    """Yield the spans of days that cost the same, and dollars a day in each."""
    days = {x.day for x in calendar.events if x.kind not in _NO_CHANGE}
    months = [*pairwise(months_from(calendar.months[0].start))]
    inside = [sorted(x for x in days if start < x < end) for start, end in months]
    running = [month.running for month in calendar.months]
    before: Decimal | None = first
    for number, (start, end) in enumerate(months):
        quiet = end not in days and not any(inside[number + 1 :][:1])
        after = next(iter(running[number + 1 :]), None) if quiet else None
        spans = [*pairwise((start, *inside[number], end))]
        known = before if start not in days else None
        rates = _rates(running[number], spans, known, after)
        before = rates[-1]
        length = (end - start).days
        yield from zip(spans, (rate / length for rate in rates), strict=True)


def _rates(
    running: Decimal,
    spans: Sequence[_Span],
    before: Decimal | None,
    after: Decimal | None,
) -> list[Decimal]:
    """Return dollars a month in each span of a month, which add up to what it costs.

    The first is that of the month before and the last that of the month after, if they
    are needed and known. What is left is spread evenly over the days of the rest.
    """
    lengths = [(end - start).days for start, end in spans]
    known: dict[int, Decimal] = {}
    if before is not None and spans[1:]:
        known[0] = before
    if after is not None and len(spans) > len(known) + 1:
        known[len(spans) - 1] = after
    rest = running * sum(lengths)
    rest -= sum((rate * lengths[n] for n, rate in known.items()), Decimal(0))
    days = sum(length for n, length in enumerate(lengths) if n not in known)
    return [known.get(n, rest / days) for n in range(len(spans))]
