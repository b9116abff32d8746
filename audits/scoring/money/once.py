"""What is paid once in 12 months, and when, in parts of sentences."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from audits.scoring.costs.cost_calendar import EventKind
from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.money.rows import MoneyRow

# What is paid for on the day of an event.
_WORK: Mapping[EventKind, str] = {"again": " to retrain it", "end": " to move it"}
# The same where nothing else is paid for.
_ALONE: Mapping[str, str] = {" to retrain it": "Retraining", " to move it": "Moving"}


def paid_once(
    row: MoneyRow, at_start: Decimal, *, is_today: bool
) -> Iterator[tuple[str, str | None]]:
    """Yield what is paid once in the 12 months of a row, and when, in US dollars.

    Args:
        row: What a verdict leads to.
        at_start: What it costs before it runs.
        is_today: Whether that is the current plan.
    """
    calendar = row.calendar
    if not calendar.once:
        return
    start = row.starts
    by_day: dict[date, Decimal] = {}
    for line in calendar.one_offs:
        by_day[line.day] = by_day.get(line.day, Decimal(0)) + line.amount
    moves = {x.day for x in calendar.events if x.kind == "end"} & {*by_day}
    if moves:
        yield "move", _dollars(by_day[min(moves)])
    elif is_today:
        yield "unmoved", ""
    if calendar.once == at_start:
        return
    yield "once", _dollars(calendar.once)
    yield "later", _dollars(calendar.once - at_start)
    what = {x.day: _work(x.kind, row) for x in calendar.events}
    to = {x.day: f" to {x.successor}" for x in calendar.events if x.successor}
    days = {day: f"on {in_words(day)}" for day in by_day}
    days[start] = "up front"
    parts = [
        f"{_dollars(by_day[day])} {days[day]}{what.get(day, '')}"
        f"{to.get(day, '') if what.get(day) else ''}"
        for day in sorted(by_day)
    ]
    if parts[1:]:
        yield "once_parts", ", ".join(parts)
        return
    day = next(iter(by_day))
    yield "once_on", days[day]
    yield "once_to", to.get(day, "")
    ends = (x.model for x in calendar.events if x.day == day and x.model)
    yield "once_why", next((f", when {model} retires," for model in ends), "")
    yield "once_work", _ALONE.get(what.get(day, ""))


def _work(kind: EventKind, row: MoneyRow) -> str:
    """Say what is paid for, in words that follow a day; empty if nothing is."""
    wait = row.calendar.wait
    if kind == "meanwhile" and wait and wait.technique:
        return f" to move “{SHORT_NAMES[wait.technique]}”"
    return _WORK.get(kind, "")


def _dollars(amount: Decimal) -> str:
    return f"${written(amount)}"
