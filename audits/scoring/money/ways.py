"""The ways to pay for what a verdict advises, and what serves until a model does."""

from collections.abc import Mapping
from decimal import Decimal

from audits.frameworks.questions import Technique
from audits.frameworks.rules import Verdict
from audits.scoring.costs.cost_numbers import TRAINED, PricedTechnique
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.pricing.cost_plan import CostPlan, Price

# What a verdict has to pay for. An untuned model and a small part have no list price.
TECHNIQUE_OF: Mapping[Verdict, Technique] = {
    "prompt_long_context": "prompt",
    "few_shot": "few_shot",
    "rag": "rag",
    "distil": "distil",
    "fine_tune": "fine_tune",
    "fine_tune_after_mlops": "fine_tune",
}
# The ways to pay for one technique.
WAYS: Mapping[Technique, tuple[PricedTechnique, ...]] = {
    "prompt": ("prompt", "prompt_smaller"),
    "few_shot": ("few_shot", "few_shot_retrieved"),
    "rag": ("rag",),
    "distil": ("distil",),
    "fine_tune": ("fine_tune_hosted", "fine_tune_own"),
}
_LOOKED_UP: PricedTechnique = "few_shot_retrieved"


def advised_ways(
    assessment: Assessment, technique: Technique
) -> tuple[PricedTechnique, ...]:
    """Return the ways to pay for a technique that the advice means.

    One says which in its words; else a prompt or examples are paid for as today, or in
    the first way. A training is, and everything without an advice, in the cheapest.

    Args:
        assessment: What was decided.
        technique: What the verdict leads to, or what serves until it does.
    """
    ways, advice = WAYS[technique], assessment.advice
    if advice is None:
        return ways
    if meant := tuple(way for way in ways if way in advice.ways):
        return meant
    if not set(ways).isdisjoint(TRAINED):
        return ways
    today = assessment.numbers.get("today")
    return tuple(way for way in ways if way == today) or ways[:1]


def looks_up_examples(assessment: Assessment) -> bool:
    """Return whether the advice is to look up other examples for each input."""
    advice = assessment.advice
    return advice is not None and _LOOKED_UP in advice.ways


def ways_meanwhile(assessment: Assessment) -> tuple[PricedTechnique, ...]:
    """Return the ways to pay for what is advised until a new model serves.

    None while a tuned model is live: that goes on.
    """
    if assessment.codes.get("state") == "live_tuned":
        return ()
    technique = TECHNIQUE_OF.get(assessment.context_layer)
    return advised_ways(assessment, technique) if technique else ()


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
