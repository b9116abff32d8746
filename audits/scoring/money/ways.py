"""The ways to pay for what a verdict advises, and what serves until a model does."""

from decimal import Decimal

from audits.frameworks.questions import Technique
from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.explaining.advised_ways import advised_ways, ways_meanwhile
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.pricing.cost_plan import CostPlan, Price


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


def if_it_fails(
    assessment: Assessment, trained: PricedTechnique, lost: Decimal | None
) -> tuple[PricedTechnique, Decimal] | None:
    """Return what goes on if a trained model fails its test, and its 12 months.

    Args:
        assessment: An assessment with costs.
        trained: How the model is trained.
        lost: What was spent on the model that failed, which is added, so that nothing
            is paid twice; None if nothing may be lost.

    Returns:
        What serves until the model is ready, in US dollars as printed; None if nothing
        does.
    """
    technique = serving(assessment)
    if lost is None or technique is None or assessment.costs is None:
        return None
    plan = assessment.costs.plan
    # Only what is paid before it is tested is lost with it.
    paid = {
        line.what
        for cost in plan.techniques
        if cost.technique == trained and cost.price
        for line in cost.price.calendar.as_printed.one_offs
        if line.day == cost.price.calendar.months[0].start
    }
    price = price_of(plan, technique)
    shared = (
        line.amount
        for line in price.calendar.as_printed.one_offs
        if line.what in paid and not line.serves_meanwhile
    )
    return technique, lost + price.year_as_printed.expected - sum(shared)


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
