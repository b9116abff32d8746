"""What is priced by its results: what serves, where these state another price."""

from audits.scoring.costs.cost_numbers import AS_TESTED, PricedTechnique
from audits.scoring.costs.result_calls import ResultCall
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.of_assessment import recommended_way
from audits.scoring.money.ways import by_results, serving
from audits.scoring.scored.results_price import ResultsPrice


def result_call(assessment: Assessment) -> ResultCall | None:
    """Return what is priced by its results; None if the plan has all prices.

    What runs today keeps the price of the plan, which is what people pay. Another
    candidate in the place of today's prompt is priced beside it.

    Args:
        assessment: What was decided, with its numbers, candidates and the plan's costs.
    """
    plan = assessment.costs.plan if assessment.costs else None
    way = recommended_way(assessment, plan) if plan else None
    if plan is None or way is None:
        return None
    found = by_results(assessment, plan, way)
    served = serving(assessment)
    if found is None or found.call is None:
        return None
    technique = _priced_as(assessment, served or way, found, is_meanwhile=bool(served))
    return technique and ResultCall(
        technique=technique,
        name=found.name,
        call=found.call,
        planned=found.planned_call,
        is_typed=found.is_typed,
        is_other=found.kind == "stronger",
    )


def _priced_as(
    assessment: Assessment,
    way: PricedTechnique,
    found: ResultsPrice,
    *,
    is_meanwhile: bool,
) -> PricedTechnique | None:
    """Return the row that has the price of results; None if the plan's is kept."""
    today = assessment.numbers.get("today")
    if way != "prompt":
        return None if way == today else way
    advice = assessment.advice
    if not is_meanwhile and not (advice and advice.step.id == "keep"):
        return None  # a better prompt must be written, which nobody scored
    if found.kind == "stronger":
        return AS_TESTED
    if today == "prompt":
        return AS_TESTED if found.kind != "prompt" else None
    return way
