"""When one technique has cost no more than another, by days."""

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from audits.scoring.costs.cost_calendar import CostCalendar, months_from

_TENTH = Decimal("0.1")


def in_tenths(months: Decimal) -> Decimal:
    """Round months; only what has never cost more in total is paid back after 0.

    Papers, pages and files all print a payback like this.

    >>> in_tenths(Decimal("1.65")), in_tenths(Decimal("0.02")), in_tenths(Decimal(0))
    (Decimal('1.7'), Decimal('0.1'), Decimal('0.0'))
    """
    rounded = months.quantize(_TENTH, ROUND_HALF_UP)
    return max(rounded, _TENTH) if months else rounded


def paid_back_after(ours: CostCalendar, theirs: CostCalendar) -> Decimal | None:
    """Return after how many months one technique has cost no more than another.

    What is spent once is spent on its day, and what runs evenly over the days of a
    month, before and after a price or a model in it changes. From then on until the end
    of the 12 months it never costs more.

    Args:
        ours: The technique that has to pay back.
        theirs: The one it is compared with.

    Returns:
        Months; None if that takes more than 12.

    Source: docs/method.md, formula 10.
    """
    back, balance = None, Decimal(0)
    for start, length, saved_once, saved in _saved(ours, theirs):
        balance += saved_once
        end = balance + saved
        if end < 0:
            back = None
        elif balance < 0:
            back = start - balance / saved * length
        elif back is None:
            back = start
        balance = end
    return back


def _saved(
    ours: CostCalendar, theirs: CostCalendar
) -> Iterator[tuple[Decimal, Decimal, Decimal, Decimal]]:
    """Yield what each part of a month saves.

    It is its start and length in months, with what it saves once, on its first day,
    and in running.
    """
    starts = months_from(ours.months[0].start)
    for number, (start, end) in enumerate(pairwise(starts)):
        days = sorted({start, *_days(ours, start, end), *_days(theirs, start, end)})
        for first, last in pairwise((*days, end)):
            length = Decimal((last - first).days) / (end - start).days
            yield (
                number + Decimal((first - start).days) / (end - start).days,
                length,
                _once(theirs, number, first) - _once(ours, number, first),
                _running(theirs, number, first, last)
                - _running(ours, number, first, last),
            )


def _days(calendar: CostCalendar, start: date, end: date) -> set[date]:
    """Return the days in a month on which something is spent once or changes."""
    once = {x.day for x in calendar.one_offs if start <= x.day < end}
    return once | _changes(calendar, start, end)


def _changes(calendar: CostCalendar, start: date, end: date) -> set[date]:
    """Return the days in a month from which another month is paid."""
    kinds = ("price", "end")
    events = calendar.events
    return {x.day for x in events if x.kind in kinds and start < x.day < end}


def _once(calendar: CostCalendar, number: int, day: date) -> Decimal:
    """Return what is spent once on a day; the first has what no line names a day of."""
    month = calendar.months[number]
    spent = sum((x.amount for x in calendar.one_offs if x.day == day), Decimal(0))
    if day != month.start:
        return spent
    end = months_from(calendar.months[0].start)[number + 1]
    dated = (x.amount for x in calendar.one_offs if month.start <= x.day < end)
    return spent + month.once - sum(dated, Decimal(0))


def _running(calendar: CostCalendar, number: int, first: date, last: date) -> Decimal:
    """Return what runs from a day of a month to another.

    Where a month changes once, it begins at the rate of the month before.
    """
    starts = months_from(calendar.months[0].start)
    start, end = starts[number], starts[number + 1]
    length, running = (end - start).days, calendar.months[number].running
    changes = _changes(calendar, start, end)
    before = _rate_before(calendar, number)
    if len(changes) != 1 or before is None:
        return running * (last - first).days / length
    [change] = changes
    early = before * (change - start).days / length
    if last <= change:
        return early * (last - first).days / (change - start).days
    return (running - early) * (last - first).days / (end - change).days


def _rate_before(calendar: CostCalendar, number: int) -> Decimal | None:
    """Return what a month cost before one in which it changes; None if not known."""
    if not number:
        return None
    starts = months_from(calendar.months[0].start)
    changed = _changes(calendar, starts[number - 1], starts[number])
    return None if changed else calendar.months[number - 1].running
