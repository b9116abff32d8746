"""What follows a tuned model that ends, if a prompt on the next model is ruled out."""

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

from audits.scoring.costs.building_costs import FOLLOWS
from audits.scoring.costs.cost_inputs import CostInputs, UnpricedError
from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.costs.price_schedule import PricedModel
from audits.scoring.costs.technique_costs import model_of
from audits.scoring.pricing.dated_costs import dated_costs


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
