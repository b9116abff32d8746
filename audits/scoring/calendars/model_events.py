"""What is announced for a model and changes what it costs, in sentences."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise

from audits.scoring.costs.cost_calendar import CostEvent
from audits.scoring.costs.cost_inputs import Moving
from audits.scoring.costs.cost_numbers import SHORT_NAMES, PricedTechnique
from audits.scoring.costs.price_schedule import PricedModel
from audits.scoring.costs.rounding import as_printed, written

_WORK: Mapping[str, str] = {
    "again": "At the end of its life, the model is retrained.",
    "closed": "It is due to be retrained, which is no longer possible: another "
    "model is chosen and trained, and the same price is assumed.",
}


def events_of(
    model: PricedModel | None,
    before: date,
    rates: Mapping[date, Decimal],
    work: Iterable[tuple[date, str]],
    *,
    after: PricedTechnique = "prompt",
    moving: Moving | None = None,
) -> tuple[CostEvent, ...]:
    """Return what happens until a day, in order.

    Args:
        model: The model whose token prices are paid; None on own GPUs.
        before: The day after the last that counts.
        rates: Dollars a month from each day on, in order.
        work: The days of one-off work, and its kind.
        after: What follows a tuned model where no tuned one does.
        moving: What a tuned model is moved to in time, if it is.
    """
    found = [
        CostEvent(day=day, kind="again", text=_WORK[kind])
        for day, kind in work
        if kind in _WORK
    ]
    if model:
        found += [*_ends(model, before, after, moving), *_prices(model, rates)]
    return tuple(sorted(found, key=lambda event: event.day))


def ends_of(model: PricedModel | None, before: date) -> Iterator[PricedModel]:
    """Yield a model that ends before a day, and each successor that does.

    Args:
        model: The model; None on own GPUs.
        before: The day after the last that counts.
    """
    while model and model.ends and model.ends < before:
        yield model
        model = model.successor


def _ends(
    model: PricedModel,
    before: date,
    after: PricedTechnique,
    moving: Moving | None,
) -> Iterator[CostEvent]:
    for each in ends_of(model, before):
        if each.ends and moving and each is model:
            text = f"{each.name} retires. “{SHORT_NAMES[moving.to]}” has replaced it."
            yield CostEvent(day=each.ends, kind="move", text=text)
        elif each.ends:
            follows = after if after != "prompt" and _is_last_tuned(each) else None
            text = f"{each.name} retires. {_then(each, follows)}"
            yield CostEvent(
                day=each.ends,
                kind="end",
                text=text,
                goes_on_as=follows,
                is_same_price=each.successor is None,
                model=each.name,
                successor=each.successor.name if each.successor else "",
            )
    closes = model.tuning_ends
    if closes and closes < min(before, model.ends or before):
        text = f"{model.name} cannot be retrained from this day on."
        yield CostEvent(day=closes, kind="tuning_end", text=text)


def _is_last_tuned(model: PricedModel) -> bool:
    return bool(model.is_tuned and model.successor and not model.successor.is_tuned)


def _then(model: PricedModel, follows: PricedTechnique | None) -> str:
    successor = model.successor
    if successor is None:
        why = "No replacement is named"
        if model.is_cut:
            why = "Nothing that may replace it has a price"
        return f"{why}, so the same price is assumed from then on."
    if follows:
        return (
            f"From then on, costs are for “{SHORT_NAMES[follows]}” on "
            f"{successor.name}, the cheapest technique not ruled out."
        )
    replacement = f"its named replacement, {successor.name}"
    if model.is_tuned and not successor.is_tuned:
        return f"From then on, costs are for a prompt on {replacement}."
    return f"From then on, costs are for {replacement}."


def _prices(model: PricedModel, rates: Mapping[date, Decimal]) -> Iterator[CostEvent]:
    ends = {each.ends for each in ends_of(model, date.max)}
    for (_, before), (day, after) in pairwise(rates.items()):
        if before != after and day not in ends:
            name = model.serving_on(day).name
            old, new = written(as_printed(before)), written(as_printed(after))
            text = f"The price of {name} changes: from ${old} to ${new} a month."
            yield CostEvent(day=day, kind="price", text=text)
