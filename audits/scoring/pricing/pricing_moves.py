"""Prices the move of a tuned model that ends: to a successor, or something simpler."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from operator import attrgetter

from audits.landscape import in_force
from audits.landscape.catalogue import Catalogue, catalogue
from audits.landscape.schema import Model
from audits.landscape.token_prices import Rates, TokenPrices
from audits.scoring.calendars.dated_costs import dated_costs
from audits.scoring.calendars.moving_costs import days_needed
from audits.scoring.calendars.technique_costs import model_of
from audits.scoring.costs.cost_inputs import CostInputs, Moving, UnpricedError
from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.costs.price_schedule import DatedPrices, PricedModel
from audits.scoring.pricing.cost_plan import price_of
from audits.scoring.pricing.moves import Candidate, Move
from audits.scoring.pricing.priced_models import priced_tuned
from audits.scoring.pricing.pricing import Numbers, inputs_of

_FREE = TokenPrices(rates=Rates(input=Decimal(0), output=Decimal(0)))
_TUNABLE = ("open", "closing")


@in_force.remembered(maxsize=256)
def _successors(
    on: date, ends: date, named: str | None
) -> tuple[tuple[PricedTechnique, PricedModel], ...]:
    """Return what a successor may be tuned from, and how it is then served.

    Of open models on rented machines, which cost the same, it is the one that costs
    least by token: that is the smallest.
    """
    now, then = catalogue(on), catalogue(ends)
    hosted, own = [], []
    for model in then.landscape.models.values():
        if named not in (None, model.id) or not _can_be_tuned(model, now, then):
            continue
        try:
            hosted.append(priced_tuned(ends, model.id))
        except LookupError:
            if model.open_weights:
                own.append((_by_token(model, then), model.name))
    found: list[tuple[PricedTechnique, PricedModel]] = [
        ("fine_tune_hosted", model) for model in hosted
    ]
    if own:
        _, name = min(own)
        schedule = (DatedPrices(start=ends, prices=_FREE),)
        found.append(("fine_tune_own", PricedModel(name=name, schedule=schedule)))
    return tuple(found)


def _can_be_tuned(model: Model, now: Catalogue, then: Catalogue) -> bool:
    """Return whether a model can be tuned now, and still on the day of the move."""
    if model.kind == "embedding" or now.on < model.available_from.day:
        return False
    found = now.tunable(model.id), then.tunable(model.id)
    return all(x.status in _TUNABLE for x in found) and not (
        model.retires and model.retires.day <= then.on
    )


def _by_token(model: Model, market: Catalogue) -> Decimal:
    """Return what a token in and one out cost untuned; a lot if that is not known."""
    try:
        rates = market.prices(model.id).rates
    except LookupError:
        return Decimal("Infinity")
    return rates.input + rates.output


def move_on(numbers: Numbers, on: date, simple: PricedTechnique | None) -> Move | None:
    """Price a move off a tuned model before its base ends.

    Args:
        numbers: The numbers; the model that runs today is tuned, and by token.
        on: The day of the prices.
        simple: What a successor is compared with; None if nothing is.

    Returns:
        The move; None if the day on which the model ends is not known or past 12
        months, or if nothing that it may be moved to has a price.

    Source: docs/method.md, formula 13.
    """
    inputs = inputs_of(catalogue(on), numbers)
    tuned = inputs.tuned
    if tuned is None or not tuned.ends or tuned.ends <= on:
        return None
    if numbers.today != "fine_tune_hosted" or not numbers.is_live:
        return None
    plain = [(simple, model)] if simple and (model := model_of(simple, inputs)) else []
    named = _successors(on, tuned.ends, numbers.successor) if numbers.successor else ()
    successors = named or _successors(on, tuned.ends, None)
    trained = _cheapest(inputs, successors, simple)
    compared = tuple(technique for technique, _ in (*trained, *plain))
    found = [
        candidate
        for technique, model in (*trained, *plain)
        if (candidate := _candidate(inputs, technique, model, compared))
    ]
    if not found:
        return None
    ordered = tuple(sorted(found, key=_year))
    moving = Moving(to=ordered[0].technique, compared=compared)
    return Move(
        ends=tuned.ends,
        days=days_needed(moving, inputs),
        candidates=ordered,
        is_named=bool(named and trained),
    )


def _cheapest(
    inputs: CostInputs,
    successors: tuple[tuple[PricedTechnique, PricedModel], ...],
    simple: PricedTechnique | None,
) -> list[tuple[PricedTechnique, PricedModel]]:
    """Return the successor whose 12 months cost least; empty without one."""
    years = {}
    for technique, model in successors:
        compared = (technique, simple) if simple else (technique,)
        if found := _candidate(inputs, technique, model, compared):
            years[technique, model.name] = (_year(found), (technique, model))
    return [min(years.values(), key=lambda each: each[0])[1]] if years else []


_year = attrgetter("price.year.expected")


def _candidate(
    inputs: CostInputs,
    technique: PricedTechnique,
    model: PricedModel,
    compared: tuple[PricedTechnique, ...],
) -> Candidate | None:
    """Price the 12 months of a move to one candidate; None if it has no price."""
    tuned = inputs.tuned
    if tuned is None or tuned.ends is None:
        return None
    is_hosted = technique == "fine_tune_hosted"
    moved = replace(
        inputs,
        tuned=replace(tuned, successor=model, is_cut=False),
        after_tuned="prompt" if is_hosted else technique,
        moving=Moving(to=technique, compared=compared),
    )
    # A month of it by itself, from the day on which the old model ends.
    after = replace(
        inputs,
        on=tuned.ends,
        tuned=model if is_hosted else inputs.tuned,
        today=technique,
        is_live=True,
    )
    try:
        costs = dated_costs("fine_tune_hosted", moved)
        month = price_of(dated_costs(technique, after)).month
    except UnpricedError:
        return None
    return Candidate(
        technique=technique,
        model=model.name.removeprefix("Tuned "),
        price=replace(price_of(costs), month=month),
        assumed=costs.defaulted,
    )
