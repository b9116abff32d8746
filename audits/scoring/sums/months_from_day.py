"""What 12 months cost from a later day on, such as that of a meeting.

An amount is priced for 12 months from the day of its verdict. A board decides later, so
the same plan is counted for 12 months from its day (docs/decisions/0197).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from audits.scoring.calendars.rates_by_day import month_before, run_until
from audits.scoring.costs.building_costs import REWRITE
from audits.scoring.costs.cost_calendar import (
    MONTHS,
    CostCalendar,
    CostEvent,
    Wait,
    changes_in,
    later,
    months_from,
)
from audits.scoring.costs.cost_numbers import SHORT_NAMES, TRAINED
from audits.scoring.costs.rounding import as_printed, written
from audits.scoring.days import in_words
from audits.scoring.money.rows import MoneyRow
from audits.scoring.pricing.cost_plan import Band


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """12 months of a plan in US dollars: 12 such months, paid once, and changes.

    `from_day` is what 12 months from a later day cost, with their span; None without
    such a day. `spent` is what was paid once before that day and is not in it. `closed`
    says what its model does by then if a plan that is only planned cannot begin any
    more, as in "model ends on 6 January 2027"; empty if it can. A new model that could
    still begin serves no day if its base ends on the day `ends_first`, before it is
    ready. `then` says from when a month costs something else, so that 12 months are not
    12 times the month.
    """

    name: str
    month: Decimal
    once: Decimal
    year: Decimal
    from_day: Band | None
    spent: Decimal = Decimal(0)
    closed: str = ""
    awaits_model: bool = False
    ends_first: date | None = None
    then: str = ""

    @property
    def months(self) -> Decimal:
        """12 times the month."""
        return MONTHS * self.month

    @property
    def changes(self) -> Decimal | None:
        """What announced changes add, negative if they cost less."""
        return changes_in(self.month, self.once, self.year)


def paid_in_all(plans: Sequence[Paid]) -> Paid:
    """Return the sums of several plans, of which each part is the sum of that part."""
    later = [plan.from_day for plan in plans if plan.from_day]
    return Paid(
        name="",
        month=sum((plan.month for plan in plans), Decimal(0)),
        once=sum((plan.once for plan in plans), Decimal(0)),
        year=sum((plan.year for plan in plans), Decimal(0)),
        from_day=added(later) if later else None,
        spent=sum((plan.spent for plan in plans), Decimal(0)),
    )


def added(bands: Iterable[Band]) -> Band:
    """Return the sums of all lows, of expected amounts, and of all highs."""
    low, expected, high = (
        sum(column, Decimal(0))
        for column in zip(*((x.low, x.expected, x.high) for x in bands), strict=True)
    )
    return Band(low=low, expected=expected, high=high)


def paid(row: MoneyRow, on: date | None, *, begins: bool) -> Paid:
    """Return the 12 months of a plan, and what 12 months from a later day cost.

    Args:
        row: The plan.
        on: The day; without it, only the first are known.
        begins: Whether it begins on that day as nobody agreed to it before. A plan
            that is only planned does so, too, unless its model closed before; one
            that runs has paid until then.
    """
    closed, wait = None, row.calendar.wait
    if on and not begins and row.state == "planned":
        closed = _closed(row, on)
    begins = begins or row.state == "planned"
    awaits_model = bool(on and begins and wait and wait.is_ready)
    return Paid(
        name=SHORT_NAMES[row.technique],
        month=row.month_told,
        once=row.calendar.once,
        year=row.year.expected,
        from_day=_from_day(row, on, begins=begins, is_closed=bool(closed))
        if on
        else None,
        spent=_spent(row.calendar, on) if on and not begins else Decimal(0),
        closed=_why_closed(closed) if closed else "",
        awaits_model=awaits_model,
        ends_first=_ends_first(row.calendar, on)
        if awaits_model and not closed
        else None,
        then=_then(row),
    )


def _then(row: MoneyRow) -> str:
    if row.calendar.wait or row.changes is None:
        return ""
    day, month = row.changes
    return f"${written(month)} a month from {in_words(day)}"


def _closed(row: MoneyRow, on: date) -> CostEvent | None:
    """Return what keeps a model from being trained on a day; None if nothing."""
    events = row.calendar.events if row.technique in TRAINED else ()
    kinds = ("tuning_end", "end")
    return next((x for x in events if x.kind in kinds and x.day <= on), None)


def _why_closed(event: CostEvent) -> str:
    word = "ends" if event.kind == "end" else "closes to training"
    return f"model {word} on {in_words(event.day)}"


def _from_day(row: MoneyRow, on: date, *, begins: bool, is_closed: bool) -> Band:
    """Return 12 months from a day, with the span of the first ones in proportion.

    What is paid before a model runs cannot be paid any more once it is closed.

    The numbers behind a plan move its months alike, so each end of the span is as many
    times the expected amount as it is over all 12 months.
    """
    year = row.year
    less = less_from(row.calendar, on, row.month.expected, begins=begins)
    expected = as_printed(year.expected - less)
    if is_closed:
        expected -= row.calendar.at_start
    return year.in_proportion(expected)


def _spent(calendar: CostCalendar, on: date) -> Decimal:
    return sum((x.amount for x in calendar.one_offs if x.day < on), Decimal(0))


def less_from(
    calendar: CostCalendar, on: date, first: Decimal, *, begins: bool
) -> Decimal:
    """Return how much less 12 months from a day cost, rounded as pages print it.

    What runs in a month is spent evenly over its days, before and after a change of its
    price each at its own. The months after the first 12 cost what the last of their
    days does, since nothing is known to change then. A plan that begins on the day, as
    nobody agreed to it before, has paid nothing once, and its new model is awaited from
    that day on.

    Args:
        calendar: The 12 months, rounded as pages print them.
        on: The day, which itself is not over.
        first: What a month costs at the rate of the first day.
        begins: Whether the plan begins on that day, or runs until then.

    Source: docs/method.md, formulas 10 and 13.
    """
    starts = months_from(calendar.months[0].start)
    once = Decimal(0) if begins else _spent(calendar, on)
    if on <= starts[0]:
        return Decimal(0)
    wait = calendar.wait
    if begins and wait and wait.is_ready:
        then = _of_new_model(calendar, wait, on)
        return as_printed(calendar.total - calendar.once - then)
    rate = wait.month if wait else first
    over = MONTHS - months_between(on, None, calendar)
    running = run_until(calendar, on, rate)
    running -= over * month_before(calendar, starts[-1], rate)
    return as_printed(running + once)


def _of_new_model(calendar: CostCalendar, wait: Wait, on: date) -> Decimal:
    """Return what runs in 12 months if those until a model is ready begin on a day.

    The model serves from the day on which it is ready until its base ends, and costs
    what its days do. What follows it costs what the last day does. If the base ends
    before it is ready, what follows serves from that day on.
    """
    end, months = months_from(calendar.months[0].start)[-1], Decimal(MONTHS)
    ready, waited = awaited(calendar, wait, on)
    running = _served_meanwhile(calendar, wait, on)
    if ready < end:
        running += run_until(calendar, end, wait.month)
        running -= run_until(calendar, ready, wait.month)
    over = months - waited - months_between(ready, None, calendar)
    return running + over * month_before(calendar, end, wait.month)


def _served_meanwhile(calendar: CostCalendar, wait: Wait, on: date) -> Decimal:
    """Return what runs until a model is ready that is started on a day.

    What serves meanwhile costs what its days cost, and later what its last day does.
    """
    _, waited = awaited(calendar, wait, on)
    same = min(months_between(on, wait.until, calendar), waited)
    running = (waited - same) * month_before(calendar, wait.until, wait.month)
    if same:
        running += run_until(calendar, wait.until, wait.month)
        running -= run_until(calendar, on, wait.month)
    return running


def meanwhile_from(calendar: CostCalendar, on: date) -> tuple[date, Decimal] | None:
    """Return until when something serves until a new model is ready, and what it costs.

    The cost is in US dollars, without setting it up. None where no model gets ready.

    Args:
        calendar: The 12 months of the plan, rounded as pages print them.
        on: The day on which the plan is started; those before its months count as
            their first.
    """
    wait = calendar.wait
    if wait is None or not wait.is_ready:
        return None
    if on <= calendar.months[0].start:
        return wait.until, wait.running
    until, _ = awaited(calendar, wait, on)
    return until, as_printed(_served_meanwhile(calendar, wait, on))


def awaited(calendar: CostCalendar, wait: Wait, on: date) -> tuple[date, Decimal]:
    """Return until when a model that is started on a day is awaited, and the months.

    It is until its base ends if that is before it is ready.
    """
    ready = _ready(calendar, wait, on)
    if (closes := _gives_way(calendar)) and closes <= ready:
        ready = max(closes, on)
        return ready, months_between(on, ready, calendar)
    return ready, min(wait.months, Decimal(MONTHS))


def _ready(calendar: CostCalendar, wait: Wait, on: date) -> date:
    """Return the day on which a new model is ready that is started on a day."""
    starts = calendar.months[0].start
    return wait.until if on <= starts else later(on, wait.months)


def _gives_way(calendar: CostCalendar) -> date | None:
    """Return the day on which a trained model becomes something that is not trained."""
    rewritten = {x.day for x in calendar.one_offs if x.what == REWRITE}
    ends = (x for x in calendar.events if x.kind == "end")
    return next((x.day for x in ends if x.goes_on_as or x.day in rewritten), None)


def _ends_first(calendar: CostCalendar, on: date | None) -> date | None:
    """Return when the base of a model ends that is started on a day and never ready."""
    closes, wait = _gives_way(calendar), calendar.wait
    if on is None or wait is None or closes is None:
        return None
    return closes if closes <= _ready(calendar, wait, on) else None


def months_between(start: date, end: date | None, calendar: CostCalendar) -> Decimal:
    """Return the months of a calendar from a day until another, or to its end."""
    last = end or date.max
    return sum(
        (
            Decimal(max((min(after, last) - max(before, start)).days, 0))
            / (after - before).days
            for before, after in pairwise(months_from(calendar.months[0].start))
        ),
        Decimal(0),
    )
