"""What is paid until a new model serves, in parts of sentences."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from audits.scoring.calendars.rest_of_year import rest_of_year
from audits.scoring.costs.cost_calendar import Wait
from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.costs.rounding import as_printed, written
from audits.scoring.money.rows import MoneyRow

_TENTH = Decimal("0.1")


def awaited(row: MoneyRow, *, is_assumed: bool) -> Iterator[tuple[str, str]]:
    """Yield what is paid until the model of a row serves, and how long that takes.

    Of what serves from the first day, it is only what the 12 months hold beside that.

    Args:
        row: The row.
        is_assumed: Whether nobody entered the months.
    """
    wait = row.calendar.wait
    rest = rest_of_year(row.calendar, row.month.expected, row.year.expected)
    yield "rest_of_it", rest.rstrip(",").replace("in them", "in the 12 months")
    if wait is None:
        return
    if not wait.is_ready:
        yield "not_ready", ""
    yield "wait", _how_long(wait, is_assumed=is_assumed)
    if wait.technique:
        yield "waiting", _paid(wait)
    else:
        yield "idle", ""
    part = ""
    if set_up := row.calendar.set_up:
        part = f" (${written(set_up)} of it to set up {named(wait)})"
    yield "at_start", f"${written(row.calendar.at_start)} at the start{part}"


def shared(plan: MoneyRow, chosen: MoneyRow) -> str | None:
    """Say which part of a plan that is held is for what serves until its model does.

    None unless that is what serves meanwhile now, so that it is paid all the same.
    """
    wait = plan.calendar.wait
    if wait is None or wait.technique != chosen.technique:
        return None
    part = wait.running + plan.calendar.set_up
    return f"${written(part)} for {named(wait)} before its model is ready"


def included(rows: Iterable[MoneyRow], *, is_assumed: bool) -> str | None:
    """Say which months of rows are not those of their models; None if all are."""
    names: dict[str, list[str]] = {}
    for row in rows:
        if wait := row.calendar.wait:
            said = _what(wait, is_assumed=is_assumed)
            names.setdefault(said, []).append(f"“{SHORT_NAMES[row.technique]}”")
    found = (f"{' and '.join(each)} {what}" for what, each in names.items())
    return ". ".join(found) or None


def _what(wait: Wait, *, is_assumed: bool) -> str:
    serves = f", with {named(wait)} until then" if wait.technique else ""
    if not wait.is_ready:
        return f"would not be ready in time, after {_months(wait)}{serves}"
    how_long = _how_long(wait, is_assumed=is_assumed)
    return f"would be ready after {how_long}{serves}"


def named(wait: Wait) -> str:
    """Name what serves, and what follows it before the new model is ready, from when.

    Empty if nothing serves.
    """
    if wait.technique is None:
        return ""
    then = f" ({wait.then})" if wait.then else ""
    return f"“{SHORT_NAMES[wait.technique]}”{then}"


def _how_long(wait: Wait, *, is_assumed: bool) -> str:
    said = _months(wait)
    return f"about {said} (assumed)" if is_assumed else said


def _months(wait: Wait) -> str:
    months = wait.months.quantize(_TENTH).normalize()
    return f"{months:f} month{'' if months == 1 else 's'}"


def _paid(wait: Wait) -> str:
    """Say what a month costs that serves meanwhile; where it changes, what all do."""
    is_even = as_printed(wait.month * wait.months) == wait.running
    if is_even:
        return f"${written(wait.month)} a month for {named(wait)}"
    return f"${written(wait.running)} for {named(wait)}"


def added_by_price(wait: Wait | None) -> Decimal:
    """Return what announced prices add to what serves until a model does."""
    if wait is None:
        return Decimal(0)
    return wait.running - as_printed(wait.month * wait.months)
