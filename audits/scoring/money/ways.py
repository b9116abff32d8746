"""The ways to pay for what a verdict advises, and what serves until a model does."""

from dataclasses import replace
from decimal import Decimal

from audits.frameworks.questions import Technique
from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.explaining.advised_ways import advised_ways, ways_meanwhile
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.rows import MoneyRow, row_of
from audits.scoring.pricing.cost_plan import CostPlan, Price
from audits.scoring.scored.results_price import ResultsPrice, results_price, serving_row


def serving(assessment: Assessment) -> PricedTechnique | None:
    """Return what serves until a model is trained, as the lead says; None if nothing.

    It meets the target, and need not be quick or cheap enough to stay.
    """
    if not assessment.trained_layer or assessment.costs is None:
        return None
    ways, plan = ways_meanwhile(assessment), assessment.costs.plan
    priced = (x.technique for x in plan.techniques if x.price)
    return next((way for way in priced if way in ways), None)


def advised_way(
    assessment: Assessment, plan: CostPlan, technique: Technique
) -> PricedTechnique | None:
    """Return how what is advised is paid for; None if that has no price."""
    return cheapest_of(plan, advised_ways(assessment, technique))


def cheapest_of(
    plan: CostPlan, ways: tuple[PricedTechnique, ...]
) -> PricedTechnique | None:
    """Return the cheapest of some ways to pay; the plan is in that order."""
    found = [x for x in plan.techniques if x.price and x.technique in ways]
    # What trains now and is a prompt in some months is no way to have a trained model.
    lasting = [x for x in found if x.price and x.price.stays_trained]
    return next((x.technique for x in (*lasting, *found)), None)


def fallback(assessment: Assessment, lost_if: str | None) -> MoneyRow | None:
    """Return what goes on if a trained model fails its test; None if nothing does.

    Args:
        assessment: An assessment with costs.
        lost_if: When something is lost; it counts only if a test fails.
    """
    technique = serving(assessment) if lost_if == "its_test_fails" else None
    if technique is None or assessment.costs is None:
        return None
    price = price_of(assessment.costs.plan, technique)
    return row_of(technique, price, ("meanwhile",), "running")


def kept_if_it_fails(assessment: Assessment, trained: PricedTechnique) -> Decimal:
    """Return what is paid before the test of a model and serves what follows, too.

    It is not lost with the model, as what goes on would have to pay for it.

    Args:
        assessment: An assessment with costs.
        trained: How the model is trained.
    """
    technique = serving(assessment)
    if technique is None or assessment.costs is None:
        return Decimal(0)
    plan = assessment.costs.plan
    start = price_of(plan, trained).calendar
    paid = {
        line.what
        for line in start.as_printed.one_offs
        if line.day == start.months[0].start and not line.serves_meanwhile
    }
    shared = (
        line.amount
        for line in price_of(plan, technique).calendar.as_printed.one_offs
        if line.what in paid and not line.serves_meanwhile
    )
    return sum(shared, Decimal(0))


def priced(plan: CostPlan, named: str | None) -> PricedTechnique | None:
    """Return the technique of a name; None if it has no price."""
    found = (x.technique for x in plan.techniques if x.price and x.technique == named)
    return next(found, None)


def price_of(plan: CostPlan, technique: PricedTechnique) -> Price:
    """Return the price of a technique that is known to have one."""
    price = plan.of(technique).price
    if price is None:
        message = f"{technique} has no price"
        raise ValueError(message)
    return price


def by_results(
    assessment: Assessment, plan: CostPlan, way: PricedTechnique
) -> ResultsPrice | None:
    """Return the price by its result of what serves; None if the plan has the same.

    Before a new model serves, that of what does until then is meant.
    """
    if assessment.candidates is None:
        return None
    way, advice = serving(assessment) or way, assessment.advice
    is_kept = advice is not None and advice.step.id == "keep"
    row = serving_row(assessment.candidates, assessment.codes, way, is_kept=is_kept)
    tested = assessment.costs.by_results if assessment.costs else None
    planned = tested.planned if tested else price_of(plan, way).line.per_request
    found = results_price(row, planned, Decimal(assessment.numbers["requests"]))
    return replace(found, is_priced=True) if found and tested else found
