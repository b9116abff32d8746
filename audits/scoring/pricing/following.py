"""What follows a tuned model that ends, and what serves until a new one is ready."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal

from audits.scoring.calendars.dated_costs import dated_costs
from audits.scoring.calendars.technique_costs import model_of
from audits.scoring.costs.building_costs import FOLLOWS
from audits.scoring.costs.cost_inputs import CostInputs, UnpricedError
from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.costs.price_schedule import PricedModel


def with_what_follows(
    inputs: CostInputs, ruled_out: Collection[PricedTechnique]
) -> CostInputs:
    """Return the inputs with what may follow a tuned model whose base ends.

    Where a prompt on the next model is ruled out, the technique that costs least over
    12 months of those that are left follows, on the model of the use case; without one,
    the same price goes on.

    Args:
        inputs: The numbers and models.
        ruled_out: The techniques that cannot be chosen, whatever they cost.

    Source: docs/method.md, formula 13.
    """
    tuned = inputs.tuned
    if tuned is None or "prompt" not in ruled_out or not _becomes_a_prompt(tuned):
        return inputs
    years = {
        technique: year
        for technique in FOLLOWS
        if technique not in ruled_out
        if (year := _year(technique, inputs)) is not None
    }
    if not years:
        return replace(inputs, tuned=_followed_by(tuned, None))
    cheapest = min(years, key=lambda technique: years[technique])
    follower = model_of(cheapest, inputs)
    return replace(inputs, tuned=_followed_by(tuned, follower), after_tuned=cheapest)


def with_what_serves(
    inputs: CostInputs, advised: Sequence[PricedTechnique] | None
) -> CostInputs:
    """Return the inputs with what serves until a new model is trained and ready.

    It is what is advised, by the way that costs least over 12 months; without a price
    for it, today's plan, if that is there; else nothing.

    Args:
        inputs: The numbers and models.
        advised: The ways to pay for what is advised; None if it is not known, so that
            every model is priced as if it served from the first day.

    Source: docs/method.md, formula 14.
    """
    if advised is None:
        return inputs
    today = (inputs.today,) if inputs.today and inputs.has(inputs.today) else ()
    for ways in (advised, today):
        years = {way: _year(way, inputs) for way in ways}
        priced = {way: year for way, year in years.items() if year is not None}
        if priced:
            serves = min(priced, key=lambda way: priced[way])
            return replace(inputs, is_awaited=True, meanwhile=serves)
    return replace(inputs, is_awaited=True)


def _becomes_a_prompt(model: PricedModel) -> bool:
    while model.successor:
        if not model.successor.is_tuned:
            return True
        model = model.successor
    return False


def _year(technique: PricedTechnique, inputs: CostInputs) -> Decimal | None:
    try:
        return dated_costs(technique, inputs).amounts().year
    except UnpricedError:
        return None


def _followed_by(model: PricedModel, follower: PricedModel | None) -> PricedModel:
    successor = model.successor
    if successor is None or not successor.is_tuned:
        return replace(model, successor=follower, is_cut=follower is None)
    return replace(model, successor=_followed_by(successor, follower))
