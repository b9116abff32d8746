"""Twelve months from the day of pricing: what each costs, and what happens in it."""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from audits.scoring.costs.cost_drivers import YEAR_MONTHS
from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.costs.rounding import as_printed

MONTHS = int(YEAR_MONTHS)
_DOLLAR = Decimal(1)
_DAY = timedelta(days=1)


type EventKind = Literal[
    "price", "end", "tuning_end", "again", "move", "meanwhile", "ready"
]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of a unit, at how many dollars each."""

    count: Decimal
    unit: str
    each: Decimal

    @property
    def words(self) -> str:
        """The same as printed.

        >>> Counted(Decimal(2), "days", Decimal(800)).words
        '2 days at $800'
        """
        is_whole = self.each == self.each.to_integral_value()
        price = f"{self.each:,.0f}" if is_whole else f"{self.each:,.2f}"
        return f"{self.count.normalize():,f} {self.unit} at ${price}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOff:
    """Dollars spent once, on a day, and how these are counted; None if they are not.

    Printed, as "Choose a model: 2 days at $800". What `serves_meanwhile` is for the
    technique that serves until a new model does.
    """

    day: date
    what: str
    amount: Decimal
    counted: Counted | None = None
    serves_meanwhile: bool = False

    @property
    def is_work(self) -> bool:
        """Whether it is days of people, and is not billed."""
        return self.counted is not None and self.counted.unit == "days"

    @property
    def as_printed(self) -> "OneOff":
        """The same in whole dollars; it is `replace`, in half the time."""
        return OneOff(
            day=self.day,
            what=self.what,
            amount=self.amount.quantize(_DOLLAR, ROUND_HALF_UP),
            counted=self.counted,
            serves_meanwhile=self.serves_meanwhile,
        )

    @property
    def words(self) -> str:
        """What it is for, and how it is counted."""
        return f"{self.what}: {self.counted.words}" if self.counted else self.what


@dataclass(frozen=True, slots=True, kw_only=True)
class CostEvent:
    """Something that changes what a technique costs, on its day, in words.

    `goes_on_as` is the technique that follows where the one that ends may not go on as
    a prompt; else None. `is_same_price` says that a model ends, and its price is
    assumed to go on. `model` is the model that ends, and `successor` what answers from
    then on; empty for other events, and where nothing is known to follow.
    """

    day: date
    kind: EventKind
    text: str
    goes_on_as: PricedTechnique | None = None
    is_same_price: bool = False
    model: str = ""
    successor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """The time until a new model serves: `months` from the first day, until `until`.

    It `is_ready` then, unless its base ends before it is, or the 12 months do.
    `technique` serves meanwhile; None if nothing does. It costs `month` dollars a month
    on the first day, and `running` in all that time, which has what runs `then`: from
    when on it is something else, as its model ends before that; empty if it stays.
    """

    until: date
    is_ready: bool
    months: Decimal
    technique: PricedTechnique | None
    month: Decimal
    running: Decimal
    then: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostMonth:
    """A month from `start`: dollars for running, and dollars spent once in it."""

    start: date
    running: Decimal
    once: Decimal

    @property
    def amount(self) -> Decimal:
        """Dollars in this month."""
        return self.running + self.once


@dataclass(frozen=True, slots=True, kw_only=True)
class CostCalendar:
    """Twelve months in order, what is spent once in them, and what happens.

    `wait` is the time until a new model serves; None if it serves from the first day.
    """

    months: tuple[CostMonth, ...]
    one_offs: tuple[OneOff, ...]
    events: tuple[CostEvent, ...]
    wait: Wait | None = None

    @property
    def total(self) -> Decimal:
        """Dollars over the 12 months: the sum of the months."""
        return sum((month.amount for month in self.months), Decimal(0))

    @property
    def once(self) -> Decimal:
        """Dollars that are spent once, in all 12 months together."""
        return sum((month.once for month in self.months), Decimal(0))

    @property
    def at_start(self) -> Decimal:
        """Dollars that are spent once on the first day, before it runs."""
        start = self.months[0].start
        return sum((x.amount for x in self.one_offs if x.day == start), Decimal(0))

    @property
    def never_serves(self) -> bool:
        """Whether the new model is not ready within the 12 months, so never paid."""
        return self.wait is not None and not self.wait.is_ready

    @property
    def set_up(self) -> Decimal:
        """Dollars of it for what serves until a new model does."""
        found = (x.amount for x in self.one_offs if x.serves_meanwhile)
        return sum(found, Decimal(0))

    @property
    def as_printed(self) -> "CostCalendar":
        """The same, each amount rounded as pages print it, so that they add up."""
        rounded = (line.as_printed for line in self.one_offs)
        lines = [line for line in rounded if line.amount]
        running = [as_printed(month.running) for month in self.months]
        starts = [month.start for month in self.months]
        return replace(
            self,
            months=_months(starts, running, lines),
            one_offs=tuple(lines),
            wait=self._wait_as_printed(running),
        )

    def _wait_as_printed(self, running: Sequence[Decimal]) -> Wait | None:
        """Return the wait with the sum of its months as printed."""
        wait = self.wait
        if wait is None:
            return None
        ends = months_from(self.months[0].start)[1:]
        whole = sum(end <= wait.until for end in ends)
        spent = sum((month.running for month in self.months[:whole]), Decimal(0))
        part = as_printed(wait.running - spent)
        return replace(
            wait,
            month=as_printed(wait.month),
            running=sum(running[:whole], part),
        )


def changes_in(
    month: Decimal | None, once: Decimal | None, year: Decimal | None
) -> Decimal | None:
    """Return what announced changes add to 12 months, negative if they cost less.

    Args:
        month: Dollars of a month on the first day, as printed.
        once: Dollars that are paid once in the 12 months.
        year: Dollars of the 12 months; without it or a month, the answer is None.

    >>> changes_in(Decimal(100), Decimal(60), Decimal(1300))
    Decimal('40')
    """
    if month is None or year is None:
        return None
    return year - MONTHS * month - (once or Decimal(0))


# Every technique of every use case that is priced on a day has the same months.
@lru_cache(maxsize=64)
def months_from(on: date) -> tuple[date, ...]:
    """Return the first day of each of 12 months from a day, and the day after the last.

    >>> starts = months_from(date(2026, 11, 30))
    >>> len(starts), starts[3], starts[4]
    (13, datetime.date(2027, 2, 28), datetime.date(2027, 3, 30))
    """
    return tuple(_months_later(on, number) for number in range(MONTHS + 1))


# A trained model of every use case lasts as long, unless its team says otherwise.
@lru_cache(maxsize=1024)
def later(day: date, months: Decimal) -> date:
    """Return the day a number of months later, one day at least.

    A part of a month is the same part of the days of that month, so it never reaches
    the next one.

    >>> later(date(2026, 11, 24), Decimal("1.5")), later(date(2026, 1, 31), Decimal(1))
    (datetime.date(2027, 1, 8), datetime.date(2026, 2, 28))
    >>> later(date(2026, 2, 1), Decimal("0.99"))
    datetime.date(2026, 2, 28)
    """
    months = min(months, YEAR_MONTHS)
    whole = int(months)
    found = _months_later(day, whole)
    if part := months - whole:
        length = (_months_later(day, whole + 1) - found).days
        found += timedelta(days=int(part * length))
    return max(found, day + _DAY)


@dataclass(frozen=True, slots=True)
class MonthCount:
    """A day as months from another day.

    What follows is counted from that day too, so no short month on the way moves it.
    """

    since: date
    months: Decimal = Decimal(0)

    @property
    def day(self) -> date:
        """The day.

        >>> ready = MonthCount(date(2026, 11, 29)).after(Decimal(3))
        >>> ready.day, ready.after(Decimal(9)).day
        (datetime.date(2027, 2, 28), datetime.date(2027, 11, 29))
        """
        return later(self.since, self.months) if self.months else self.since

    def after(self, months: Decimal) -> "MonthCount":
        """Return the day a number of months later."""
        return MonthCount(self.since, self.months + months)

    def at_most(self, last: date) -> "MonthCount":
        """Return the day, or another from which all is counted if that is earlier."""
        return self if self.day <= last else MonthCount(last)


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, MONTHS)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


@lru_cache(maxsize=256)
def shares_of_months(
    starts: tuple[date, ...], since: tuple[date, ...]
) -> tuple[tuple[Decimal, ...], ...]:
    """Return which share of each month each rate holds, by days.

    Args:
        starts: The first day of each month, and the day after the last.
        since: The day from which each rate holds, in order, the first on the first day.

    Returns:
        For each rate its share of each month; the shares of a month add up to 1.

    >>> halves = shares_of_months(months_from(date(2026, 11, 1)),
    ...     (date(2026, 11, 1), date(2026, 11, 16)))
    >>> halves[0][:2] == (Decimal("0.5"), Decimal(0))
    True
    >>> halves[1][:2] == (Decimal("0.5"), Decimal(1))
    True
    """
    ends = [*since[1:], starts[-1]]
    return tuple(
        tuple(
            Decimal(_overlap(begin, end, first, last)) / (last - first).days
            for first, last in pairwise(starts)
        )
        for begin, end in zip(since, ends, strict=True)
    )


def _overlap(begin: date, end: date, first: date, last: date) -> int:
    return max((min(end, last) - max(begin, first)).days, 0)


def calendar_of(
    starts: tuple[date, ...],
    rates: Mapping[date, Decimal],
    one_offs: Sequence[OneOff],
    events: Sequence[CostEvent] = (),
    wait: Wait | None = None,
) -> CostCalendar:
    """Return what 12 months cost.

    Args:
        starts: As `months_from` returns them.
        rates: Dollars a month from each day on, in order, the first from the first day;
            a rate that changes inside a month is paid for its days.
        one_offs: What is spent once, in the month of its day.
        events: What happens, in order.
        wait: The time until a new model serves.

    Source: docs/method.md, formula 13.
    """
    shares = [*zip(*shares_of_months(starts, tuple(rates)), strict=True)]
    # Months between two changes are alike.
    running = {parts: _running(rates.values(), parts) for parts in {*shares}}
    return CostCalendar(
        months=_months(starts, [running[parts] for parts in shares], one_offs),
        one_offs=tuple(one_offs),
        events=tuple(events),
        wait=wait,
    )


def _running(rates: Iterable[Decimal], parts: Sequence[Decimal]) -> Decimal:
    shares = zip(rates, parts, strict=True)
    return sum((rate * part for rate, part in shares), Decimal(0))


def _months(
    starts: Sequence[date], running: Sequence[Decimal], one_offs: Sequence[OneOff]
) -> tuple[CostMonth, ...]:
    once = [Decimal(0)] * len(running)
    for each in one_offs:
        once[bisect_right(starts, each.day, hi=len(running)) - 1] += each.amount
    return tuple(
        CostMonth(start=start, running=dollars, once=spent)
        for start, dollars, spent in zip(starts, running, once, strict=False)
    )
