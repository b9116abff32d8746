"""What of a month is for people, so that a bill is compared with the rest."""

from collections.abc import Mapping
from decimal import Decimal

from audits.scoring.costs.cost_numbers import SHORT_NAMES, InputId, PricedTechnique
from audits.scoring.costs.rounding import written
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.measuring import people_of_month
from audits.scoring.pricing.cost_plan import CostPlan

# Whose time keeps a technique running: docs/method.md, formulas 5 to 7 and 9.
UPKEEP: Mapping[PricedTechnique, InputId] = {
    "prompt": "upkeep_share_prompt",
    "prompt_smaller": "upkeep_share_prompt",
    "prompt_documents": "upkeep_share_prompt",
    "prompt_tested": "upkeep_share_prompt",
    "few_shot": "upkeep_share_prompt",
    "few_shot_retrieved": "upkeep_share_rag",
    "rag": "upkeep_share_rag",
    "distil": "mlops_share_trained",
    "fine_tune_hosted": "mlops_share_trained",
    "fine_tune_own": "mlops_share_trained",
}


def upkeep_of(assessment: Assessment, technique: PricedTechnique) -> Decimal | None:
    """Return what people cost in a month of a technique; None if it is not known."""
    return people_of_month(assessment, UPKEEP[technique])


def month_parts(
    assessment: Assessment, technique: PricedTechnique, month: Decimal
) -> str:
    """Say how much of a month is for people; empty if that is not known.

    Args:
        assessment: The assessment, with its numbers.
        technique: What runs.
        month: What a month of it costs, in US dollars as pages print it.
    """
    people = upkeep_of(assessment, technique)
    if people is None or not 0 < people <= month:
        return ""
    bill = f"${written(month - people)} on the providers’ bill"
    return (
        f"A month of “{SHORT_NAMES[technique]}”: ${written(people)} for people’s time, "
        f"{bill}{_assumed(assessment, technique)}."
    )


def _assumed(assessment: Assessment, technique: PricedTechnique) -> str:
    """Say that a bill is computed with a share of cached text that nobody entered.

    Not where nothing is cached, as few calls or a short prompt leave no discount.
    """
    price = assessment.costs.plan.of(technique).price if assessment.costs else None
    is_guessed = price is not None and any(x.saves for x in price.line.caches)
    return " (discount for repeated text assumed)" if is_guessed else ""


def parts_of_today(assessment: Assessment) -> str:
    """Say the same of what runs today, or else of what costs least; it may be empty."""
    if assessment.costs is None:
        return ""
    plan: CostPlan = assessment.costs.plan
    today = assessment.numbers.get("today")
    found = [x for x in plan.techniques if x.price and x.technique == today]
    cost = next(iter(found), plan.cheapest)
    if cost is None or cost.price is None:
        return ""
    return month_parts(assessment, cost.technique, cost.price.expected_month)
