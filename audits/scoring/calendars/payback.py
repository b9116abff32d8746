"""When one technique has cost no more than another, by days."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from audits.scoring.costs.cost_calendar import MONTHS, CostCalendar, months_from

_TENTH = Decimal("0.1")
_ZERO, _ONE = Decimal(0), Decimal(1)
# The kinds of events from which another month is paid.
_CHANGES = ("price", "end", "move", "meanwhile", "ready")


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
    back, balance = None, _ZERO
    for start, length, saved_once, saved in _saved(_ByDays(ours), _ByDays(theirs)):
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
    ours: "_ByDays", theirs: "_ByDays"
) -> Iterator[tuple[Decimal, Decimal, Decimal, Decimal]]:
    """Yield what each part of a month saves.

    It is its start and length in months, with what it saves once, on its first day,
    and in running.
    """
    for number, (start, end) in enumerate(pairwise(ours.starts)):
        days = ours.days(number) | theirs.days(number) | {start}
        if len(days) == 1:
            mine, other = ours.months[number], theirs.months[number]
            once, running = other.once - mine.once, other.running - mine.running
            yield Decimal(number), _ONE, once, running
            continue
        for first, last in pairwise((*sorted(days), end)):
            yield (
                number + Decimal((first - start).days) / (end - start).days,
                Decimal((last - first).days) / (end - start).days,
                theirs.once(number, first) - ours.once(number, first),
                theirs.running(number, first, last) - ours.running(number, first, last),
            )


class _ByDays:
    """What a calendar spends in each of its months, by days."""

    def __init__(self, calendar: CostCalendar) -> None:
        self.months = calendar.months
        self.starts = months_from(calendar.months[0].start)
        # Of each month, what lines name a day of, and the days when it changes.
        self._once: list[dict[date, Decimal]] = [{} for _ in range(MONTHS)]
        self._changes: list[set[date]] = [set() for _ in range(MONTHS)]
        for line in calendar.one_offs:
            if (number := self._number(line.day)) is not None:
                spent = self._once[number]
                spent[line.day] = spent.get(line.day, _ZERO) + line.amount
        for event in calendar.events:
            is_change = event.kind in _CHANGES and event.day not in self.starts
            if is_change and (number := self._number(event.day)) is not None:
                self._changes[number].add(event.day)

    def _number(self, day: date) -> int | None:
        """Return the number of the month that a day is in; None if in none."""
        number = bisect_right(self.starts, day) - 1
        return number if 0 <= number < MONTHS else None

    def days(self, number: int) -> set[date]:
        """Return the days of a month on which something is spent once or changes."""
        return self._changes[number] | self._once[number].keys()

    def once(self, number: int, day: date) -> Decimal:
        """Return what is spent once on a day.

        The first of the month has what no line names a day of.
        """
        dated = self._once[number]
        spent = dated.get(day, _ZERO)
        if day != self.starts[number]:
            return spent
        return spent + self.months[number].once - sum(dated.values(), _ZERO)

    def running(self, number: int, first: date, last: date) -> Decimal:
        """Return what runs from a day of a month to another.

        Where a month changes once, it begins at the rate of the month before.
        """
        start, end = self.starts[number], self.starts[number + 1]
        length, running = (end - start).days, self.months[number].running
        changes = self._changes[number]
        before = self._rate_before(number)
        if len(changes) != 1 or before is None:
            return running * (last - first).days / length
        [change] = changes
        early = before * (change - start).days / length
        if last <= change:
            return early * (last - first).days / (change - start).days
        return (running - early) * (last - first).days / (end - change).days

    def _rate_before(self, number: int) -> Decimal | None:
        """Return what the month before costs; None if it changes, and for the first."""
        if not number or self._changes[number - 1]:
            return None
        return self.months[number - 1].running
