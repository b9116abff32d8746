"""What is announced of models: when each ends, and when it costs more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from audits.landscape import in_force
from audits.landscape.catalogue import catalogue
from audits.landscape.change_days import model_days
from audits.landscape.price_age import OLD_FROM
from audits.landscape.token_prices import Rates


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceRise:
    """The first day after today on which a model costs more than today."""

    day: date
    before: Rates
    after: Rates


@in_force.remembered(maxsize=4)
def ends(on: date) -> Mapping[str, date]:
    """Return the models that end, or ended, with their last days."""
    models = catalogue(on).landscape.models.values()
    return {model.id: model.retires.day for model in models if model.retires}


@in_force.remembered(maxsize=4)
def tuned_ends(on: date) -> Mapping[str, date]:
    """Return the models whose tuned version ends or ended, with the days."""
    market = catalogue(on)
    found = {model: market.tunable(model).until for model in market.landscape.models}
    return {model: day for model, day in found.items() if day}


@in_force.remembered(maxsize=4)
def price_rises(on: date) -> Mapping[str, PriceRise]:
    """Return the models with an announced day from which they cost more.

    A model without a price on one of the two days has no rise.
    """
    found = {}
    for model in catalogue(on).models:
        later = (day for day in model_days(model) if day > on)
        rises = (_rise(model, on, day) for day in later)
        rise = next((each for each in rises if each), None)
        if rise:
            found[model] = rise
    return found


def _rise(model: str, on: date, day: date) -> PriceRise | None:
    try:
        before = catalogue(on).prices(model).rates
        after = catalogue(day).prices(model).rates
    except LookupError:
        return None
    if after.input > before.input or after.output > before.output:
        return PriceRise(day=day, before=before, after=after)
    return None


@in_force.remembered(maxsize=4)
def stale_prices(on: date) -> Mapping[str, date]:
    """Return the models whose prices are too old to decide on, with their last check.

    A model of which nobody knows when its prices were checked is left out.
    """
    last = on - timedelta(days=OLD_FROM)
    models = catalogue(on).landscape.models.values()
    checked = {model.id: model.price_checked for model in models}
    return {model: day for model, day in checked.items() if day and day <= last}
