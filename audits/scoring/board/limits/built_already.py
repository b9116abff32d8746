"""Why what is advised costs nothing to build, and what that costs if it is not so."""

from decimal import Decimal

from audits.scoring.costs.cost_numbers import SHORT_NAMES, InputId, PricedTechnique
from audits.scoring.costs.rounding import as_printed, written
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.words import Money
from audits.scoring.numbers.currency import converted
from audits.scoring.pricing.defaults import defaults_on

_DAYS: dict[PricedTechnique, InputId] = {"rag": "rag_days"}


def built_already(assessment: Assessment, money: Money | None) -> str:
    """Say that a set-up is not in the sum, as a test has it, and about what it costs.

    Empty where it is paid for, or where a test proves that it is there.

    Args:
        assessment: The assessment, with its numbers.
        money: The money behind it; None without a price.
    """
    if money is None or money.recommended is None or not money.only_tested:
        return ""
    technique = money.chosen.technique
    cost = _days_cost(assessment, _DAYS[technique]) if technique in _DAYS else None
    again = f" (about ${written(cost)} if it must be built again)" if cost else ""
    name = f"“{SHORT_NAMES[technique]}”"
    return f"Not in the sum: building {name}, which its test has built already{again}."


def _days_cost(assessment: Assessment, days: InputId) -> Decimal | None:
    """Return what some days of an engineer's work cost; None if nothing is priced."""
    if assessment.costs is None:
        return None
    given = converted(assessment.numbers, assessment.entered_in)
    usual = defaults_on(assessment.costs.plan.on)
    number, price = (
        Decimal(given.get(name) or usual[name].expected)
        for name in (days, "engineer_day")
    )
    return as_printed(number * price)
