"""The 12 months of a plan whose trained model retires in them, phase by phase."""

from datetime import date
from decimal import Decimal

from audits.scoring.costs.cost_calendar import CostEvent, Wait
from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.costs.rounding import as_printed, written
from audits.scoring.days import in_words
from audits.scoring.money.over_time.changes import training_in
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.waiting import named
from audits.scoring.sums.months_from_day import awaited


def phases_of(row: MoneyRow, day: date | None = None) -> tuple[str, ...]:
    """Say what runs until when, for how much a month.

    Empty unless something else runs until its model is ready, and after that model.

    Args:
        row: The row of the plan.
        day: The day on which it would begin; None for that of the verdict.
    """
    wait, end = row.calendar.wait, row.end
    if wait is None or end is None or not wait.is_ready or end.is_same_price:
        return ()
    if row.changes is None or row.changes[0] != end.day:
        return ()
    ready = awaited(row.calendar, wait, day)[0] if day else wait.until
    until, retires = f"{named(wait) or 'nothing'}{_paid(wait)}", in_words(end.day)
    then = f"After that: {_follows(row, end)}, {_a_month(row.last_month)}"
    if ready >= end.day:
        return f"It retires on {retires}, before it is ready: until then {until}", then
    return (
        f"Until this model is ready ({in_words(ready)}): {until}",
        f"Until it retires ({retires}): this model, {_a_month(row.month_told)}",
        then,
    )


def for_training(row: MoneyRow) -> Decimal | None:
    """Return how much of what a plan pays once trains its model; None if nothing does.

    Args:
        row: The row of the plan.
    """
    return training_in(row.technique, row.calendar)


def _paid(wait: Wait) -> str:
    """Say what is paid while the model is built: a month, or in all if that differs."""
    if wait.technique is None:
        return ""
    in_all = as_printed(wait.running)
    is_alike = abs(in_all - as_printed(wait.months * wait.month)) <= 1
    return f", {_a_month(wait.month)}" if is_alike else f", ${written(in_all)} in all"


def _a_month(amount: Decimal) -> str:
    return f"${written(as_printed(amount))} a month"


def _follows(row: MoneyRow, end: CostEvent) -> str:
    """Name what a trained model becomes when it retires."""
    if end.goes_on_as:
        return f"“{SHORT_NAMES[end.goes_on_as]}”"
    what = "a prompt" if row.becomes_prompt else "a new tuned model"
    return f"{what} on {end.successor}"
