"""Prices the prompt as which a tuned plan goes on, as an option of its own."""

from dataclasses import replace
from datetime import date

from audits.landscape.catalogue import catalogue
from audits.scoring.costs.price_schedule import PricedModel
from audits.scoring.pricing.cost_plan import price_of, priced_or_why
from audits.scoring.pricing.moves import Replacement
from audits.scoring.pricing.priced_models import model_or_why
from audits.scoring.pricing.pricing import Numbers, inputs_of


def replacement_on(numbers: Numbers, on: date) -> Replacement | None:
    """Price a prompt on the model that replaces a tuned one, from a day on.

    Args:
        numbers: The numbers; a tuned model that is priced by token is the plan.
        on: The day of the prices.

    Returns:
        The model and its price; None if the plan goes on as something else, or on the
        model that a prompt would have anyway.
    """
    if numbers.today != "fine_tune_hosted" or "prompt" in numbers.ruled_out:
        return None
    market = catalogue(on)
    inputs = inputs_of(market, numbers)
    successor = inputs.tuned.successor if inputs.tuned else None
    if successor is None or successor.is_tuned:
        return None
    named = market.model(numbers.tuned or "").replaced_by
    if named is None or named.model == numbers.model:
        return None
    found = model_or_why(on, named.model, is_tuned=False)
    if not isinstance(found, PricedModel):
        return None
    costs = priced_or_why("prompt", replace(inputs, model=found))
    if isinstance(costs, str):
        return None
    return Replacement(model=found.name, price=price_of(costs))
