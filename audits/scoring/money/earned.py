"""What the calls of a use case earn or save, beside what the advice costs."""

from decimal import Decimal

from audits.scoring.costs.cost_numbers import SHORT_NAMES, InputId
from audits.scoring.costs.rounding import as_printed, written
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.words import Money
from audits.scoring.numbers.currency import converted

YEAR = 12
VALUE: InputId = "value_per_request"
CALLS: InputId = "requests"
_NEVER = "never pays for itself"


def earned(assessment: Assessment) -> tuple[Decimal, Decimal] | None:
    """Return what a call earns or saves, and how many a month has; None without both.

    Args:
        assessment: What was decided, with its numbers as they were entered.
    """
    numbers = converted(assessment.numbers, assessment.entered_in)
    if not {VALUE, CALLS} <= numbers.keys():
        return None
    value, calls = Decimal(numbers[VALUE]), Decimal(numbers[CALLS])
    return (value, calls) if value > 0 and calls > 0 else None


def pays_too_little(assessment: Assessment, money: Money | None) -> str:
    """Say that the calls earn less than the advice costs, or than the current plan.

    It is empty if they earn enough for both. Where a month costs more than it earns, no
    later month pays for the first ones.

    Args:
        assessment: What was decided, with its numbers as they were entered.
        money: The money behind it, in US dollars; None where none is known.
    """
    found, row = earned(assessment), money.picked if money else None
    if found is None or row is None:
        return ""
    name, value, calls = f"“{SHORT_NAMES[row.technique]}”", *found
    month, year = as_printed(value * calls), as_printed(value * calls * YEAR)
    if row.year.expected <= year:
        return _plan_too_little(money, row.year.expected, year)
    if row.last_month > month:
        return (
            f"{name} {_NEVER} at this volume: once it runs, a month costs "
            f"${written(row.last_month)} and earns or saves ${written(month)}, as "
            "entered."
        )
    return (
        f"{name} does not pay for itself within 12 months: it costs "
        f"${written(row.year.expected)}, and the calls earn or save ${written(year)}, "
        "as entered."
    )


def _plan_too_little(money: Money | None, advice: Decimal, year: Decimal) -> str:
    today = money.today.year.expected if money and money.today else Decimal(0)
    if today <= year:
        return ""
    less = f"${written(year - advice)} less" if year > advice else "just as much"
    return (
        f"As entered, the calls earn or save ${written(year)} a year: the current plan "
        f"costs ${written(today - year)} more than that, the advice {less}."
    )


def is_never(said: str) -> bool:
    """Return whether it was said that no month pays for what comes before it."""
    return _NEVER in said
