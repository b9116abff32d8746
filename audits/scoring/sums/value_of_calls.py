"""What the calls of 12 months earn or save, beside what they cost."""

from audits.scoring.costs.rounding import as_printed, unit_price, written
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.earned import YEAR, earned


def value_of_calls(assessment: Assessment) -> str:
    """Say what the calls of 12 months earn or save; empty without both numbers.

    No rule reads the sum, and nobody checked it: it is what the team entered.

    Args:
        assessment: What was decided, with its numbers as they were entered.
    """
    found = earned(assessment)
    if found is None:
        return ""
    value, calls = found
    year = written(as_printed(value * calls * YEAR))
    each = f"{written(calls)} a month at ${unit_price(value)}"
    return f"As entered, the calls earn or save ${year} over 12 months: {each}."
