"""What the calls of 12 months earn or save, beside what they cost."""

from decimal import Decimal

from audits.scoring.costs.cost_numbers import InputId
from audits.scoring.costs.rounding import as_printed, unit_price, written
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.numbers.currency import converted

_YEAR = 12
_VALUE: InputId = "value_per_request"
_CALLS: InputId = "requests"


def value_of_calls(assessment: Assessment) -> str:
    """Say what the calls of 12 months earn or save; empty without both numbers.

    No rule reads the sum, and nobody checked it: it is what the team entered.

    Args:
        assessment: What was decided, with its numbers as they were entered.
    """
    numbers = converted(assessment.numbers, assessment.entered_in)
    if not {_VALUE, _CALLS} <= numbers.keys():
        return ""
    value, calls = Decimal(numbers[_VALUE]), Decimal(numbers[_CALLS])
    if not (value > 0 and calls > 0):
        return ""
    year = written(as_printed(value * calls * _YEAR))
    each = f"{written(calls)} a month at ${unit_price(value)}"
    return f"As entered, the calls earn or save ${year} over 12 months: {each}."
