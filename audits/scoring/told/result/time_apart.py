"""What of a saving is time, as a result says it."""

from audits.scoring.explaining.advice_rows import lower_first
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.words import Money
from audits.scoring.sums.asked.net_parts import net_parts, parts_said


def time_apart(assessment: Assessment, money: Money | None) -> str:
    """Say what of a saving is time, which saves no cash; empty where no time is saved.

    Args:
        assessment: The assessment, with its numbers.
        money: The money behind it; None without a price.
    """
    parts = net_parts(assessment, money, None)
    if parts is None or parts.saved <= 0 or not parts.people or parts.people <= 0:
        return ""
    made = parts_said([parts]).removesuffix(".")
    return f"Beside the plan: {lower_first(made)}. Time on the payroll saves no cash."
