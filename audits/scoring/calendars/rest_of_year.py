"""What 12 months hold beside the amounts that a sentence names."""

from decimal import Decimal

from audits.scoring.costs.cost_calendar import MONTHS, CostCalendar
from audits.scoring.costs.rounding import as_printed, written


def rest_of_year(calendar: CostCalendar, month: Decimal, year: Decimal) -> str:
    """Say what the 12 months hold beside the amounts that a sentence names.

    It names what is paid once, what serves until the model is ready and its month;
    where the model is not ready, neither its month nor what is paid once later. Empty
    where these add up but for what is rounded.
    """
    wait = calendar.wait
    is_ready = wait is None or wait.is_ready
    months = Decimal(MONTHS) - (wait.months if wait else 0) if is_ready else Decimal(0)
    once = calendar.once if is_ready and calendar.at_start else calendar.at_start
    named = once + months * month
    if wait and wait.technique:
        named += wait.running
    left = as_printed(year - named)
    if abs(left) <= MONTHS:
        return ""
    word = "with" if left > 0 else "less"
    return f", {word} ${written(abs(left))} for what changes in them,"
