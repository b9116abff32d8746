"""What of a saving is time, as a result says it."""

from datetime import date

from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.explaining.advice_rows import lower_first
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.words import Money
from audits.scoring.sums.asked.net_parts import net_parts, parts_said
from audits.scoring.sums.asked.period import first_day


def time_apart(
    assessment: Assessment, money: Money | None, day: date | None = None
) -> str:
    """Say what of a saving is time, which saves no cash; empty where no time is saved.

    Args:
        assessment: The assessment, with its numbers.
        money: The money behind it; None without a price.
        day: The day on which the board decides at the latest; None for that of the
            verdict.
    """
    parts = net_parts(assessment, money, day)
    if money is None or parts is None or parts.saved <= 0:
        return ""
    if parts.people is None or parts.people <= 0:
        return ""
    first = first_day(money, day)
    since = in_words(first)
    which = "The board’s" if first != money.chosen.starts else "The"
    less = f"cost ${written(parts.saved)} less than the plan"
    made = lower_first(parts_said([parts]))
    said = f"{which} 12 months from {since} {less}: {made}"
    return f"{said} Time on the payroll saves no cash."
