"""The days on which market facts may change.

Between two of them they stay the same, so nobody needs to ask on every day.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from audits.landscape import in_force, prices
from audits.landscape.facts import Day
from audits.landscape.schema import Model, Offer
from audits.landscape.tunability import closing_from


@in_force.remembered(maxsize=4)
def market_days() -> tuple[date, ...]:
    """Return the days on which a figure of the whole market may change, in order."""
    landscape = in_force.current()
    lines = landscape.timelines
    days = {record.day for record in lines.windows}
    days |= {point.day for point in lines.gpt4_prices}
    days |= {point.day for point in lines.caching}
    days.add(lines.enforced_output.day)
    for offer in landscape.offers.values():
        days |= set(_of_offer(offer))
    return tuple(sorted(days))


@in_force.remembered(maxsize=1024)
def model_days(model_id: str) -> tuple[date, ...]:
    """Return the days on which a model's price, end or tuning may change, in order.

    Raises:
        LookupError: There is no such model in the facts.
    """
    landscape = in_force.current()
    if model_id not in landscape.models:
        message = f'no model "{model_id}" in the facts'
        raise LookupError(message)
    model = landscape.models[model_id]
    days = {model.available_from.day, *_ends([model.retires])}
    days |= set(_of_prices(model, landscape.offers.values()))
    for name in model.tuning.offers:
        days |= set(_of_offer(landscape.offers[name]))
    return tuple(sorted(days))


@in_force.remembered(maxsize=4)
def ending_between(first: date, last: date) -> dict[str, date]:
    """Return the models that are shut down between two days, with their days."""
    models = in_force.current().models.values()
    ends = {model.id: model.retires.day for model in models if model.retires}
    return {model: day for model, day in ends.items() if first <= day <= last}


def _of_prices(model: Model, offers: Iterable[Offer]) -> Iterator[date]:
    periods = [*model.price_periods]
    for offer in offers:
        periods += [p for p in offer.inference if p.model == model.id]
    for period in periods:
        yield period.start
        if period.end:
            yield period.end
    if model.price:
        yield from prices.price_days(model.price.provider_id, model.price.model_ref)


def _of_offer(offer: Offer) -> Iterator[date]:
    yield offer.opens.day
    yield from _ends([offer.ends])


def _ends(ends: Iterable[Day | None]) -> Iterator[date]:
    """Yield each end, and the day from which it counts as near."""
    for end in ends:
        if end:
            yield closing_from(end.day)
            yield end.day
