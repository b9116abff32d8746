"""What the calls of 12 months earn or save, beside what they cost."""

from decimal import Decimal

from audits.scoring.costs.rounding import as_printed, unit_price, written
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.earned import VALUE, YEAR, earned

_CENT = Decimal("0.01")


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
    each = f"{written(calls)} model calls a month earn or save"
    worth = _as_entered(assessment, value)
    return f"As entered, {each} {worth} each: ${year} a year."


def earned_in_short(assessment: Assessment) -> str:
    """Say what the calls of a year earn or save, as entered; empty without both."""
    if (found := earned(assessment)) is None:
        return ""
    value, calls = found
    return f"Value, as entered: ${written(as_printed(value * calls * YEAR))} a year"


def _as_entered(assessment: Assessment, value: Decimal) -> str:
    """Write what a call earns as it was entered, and beside it in US dollars."""
    entered = assessment.entered_in
    if entered is None:
        return f"${unit_price(value)}"
    typed = unit_price(Decimal(assessment.numbers[VALUE]))
    rounded = value.quantize(_CENT)
    return f"{entered.currency} {typed} (${rounded if rounded else unit_price(value)})"
