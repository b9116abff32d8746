"""The models of the landscape with their prices from a day on."""

from datetime import date

from audits.landscape import in_force
from audits.landscape.catalogue import catalogue
from audits.landscape.change_days import model_days
from audits.landscape.schema import Model
from audits.landscape.token_prices import TokenPrices
from audits.landscape.tunability import a_year_after
from audits.scoring.costs.price_schedule import DatedPrices, PricedModel


@in_force.remembered(maxsize=1024)
def model_or_why(on: date, model_id: str, *, is_tuned: bool) -> PricedModel | str:
    """Return a model with its prices, or why it has none on a day."""
    try:
        return priced_tuned(on, model_id) if is_tuned else _priced(on, model_id)
    except LookupError as error:
        return f"Cannot be priced, because {error.args[0]}"


@in_force.remembered(maxsize=1024)
def _priced(on: date, model_id: str) -> PricedModel:
    market = catalogue(on)
    model = market.model(model_id)
    return PricedModel(
        name=model.name,
        schedule=_schedule(on, model_id, is_tuned=False),
        window=int(model.context_window.value),
        ends=model.retires.day if model.retires else None,
        successor=_successor(model, is_tuned=False),
    )


@in_force.remembered(maxsize=1024)
def priced_tuned(on: date, model_id: str) -> PricedModel:
    """Return a tuned model with its prices from a day on.

    Raises:
        LookupError: No such price is known on the day.
    """
    market = catalogue(on)
    model = market.model(model_id)
    return PricedModel(
        name=f"Tuned {model.name}",
        schedule=_schedule(on, model_id, is_tuned=True),
        window=int(model.context_window.value),
        ends=model.retires.day if model.retires else None,
        tuning_ends=market.tunable(model_id).until,
        is_tuned=True,
        successor=_successor(model, is_tuned=True),
    )


def _schedule(on: date, model_id: str, *, is_tuned: bool) -> tuple[DatedPrices, ...]:
    """Return the prices of a day, and those announced for the year after it."""

    def prices(day: date) -> TokenPrices:
        market = catalogue(day)
        return market.tuned_prices(model_id) if is_tuned else market.prices(model_id)

    schedule = [DatedPrices(start=on, prices=prices(on))]
    for day in model_days(model_id):
        if not on < day < a_year_after(on):
            continue
        try:
            then = prices(day)
        except LookupError:
            break
        if then != schedule[-1].prices:
            schedule.append(DatedPrices(start=day, prices=then))
    return tuple(schedule)


def _successor(model: Model, *, is_tuned: bool) -> PricedModel | None:
    """Return what the provider names in its place, tuned only if that has a price."""
    if model.retires is None or model.replaced_by is None:
        return None
    day, named = model.retires.day, model.replaced_by.model
    if is_tuned:
        try:
            return priced_tuned(day, named)
        except LookupError:
            pass
    try:
        return _priced(day, named)
    except LookupError:
        return None
