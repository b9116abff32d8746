"""The months until a new model serves: what is paid in them, and what happens."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from audits.scoring.calendars.model_events import ends_of, events_of
from audits.scoring.calendars.technique_costs import model_of
from audits.scoring.costs.cost_calendar import CostEvent, Wait, shares_of_months
from audits.scoring.costs.cost_inputs import CostInputs
from audits.scoring.costs.cost_numbers import (
    SHORT_NAMES,
    TRAINED,
    InputId,
    PricedTechnique,
)
from audits.scoring.costs.price_schedule import PricedModel
from audits.scoring.days import in_words

WAIT: InputId = "ready_months"
_DAY = timedelta(days=1)


class Span(NamedTuple):
    """What is paid at the prices of a day, for how many of the 12 months.

    Without a technique, nothing is.
    """

    technique: PricedTechnique | None
    day: date
    months: Decimal


def spans_of(
    starts: tuple[date, ...], found: Sequence[tuple[PricedTechnique | None, date]]
) -> tuple[Span, ...]:
    """Return what is paid from each day until the next, the last until the end.

    Args:
        starts: The first day of each month, and the day after the last.
        found: A technique and a day, in order, the first on the first day.
    """
    shares = shares_of_months(starts, tuple(day for _, day in found))
    return tuple(
        Span(technique, day, sum(parts, Decimal(0)))
        for (technique, day), parts in zip(found, shares, strict=True)
    )


def days_of(model: PricedModel | None, first: date, end: date) -> tuple[date, ...]:
    """Return a day, and those after it and before the end on which prices change."""
    changes = model.serving_on(first).changes(first, end - _DAY) if model else ()
    return (first, *changes)


def then_of(inputs: CostInputs, until: date) -> str:
    """Say from when on something else serves until a day than did at first.

    Empty if the model of what serves does not end before. A prompt stays one on the
    replacement of its model, unless that is not known.
    """
    serves = inputs.meanwhile
    ends = ends_of(model_of(serves, inputs) if serves else None, until)
    found = (
        (each.ends, _runs_then(each, inputs.after_tuned)) for each in ends if each.ends
    )
    return ", ".join(f"from {in_words(day)} {what}" for day, what in found if what)


def _runs_then(model: PricedModel, after: PricedTechnique) -> str:
    """Name what runs once a model has ended; empty for a prompt that goes on as one."""
    following = model.successor
    if following is None:
        return "a replacement, assumed at the same price"
    if not model.is_tuned:
        return ""
    if following.is_tuned:
        return following.name
    what = "a prompt" if after == "prompt" else f"“{SHORT_NAMES[after]}”"
    return f"{what} on {following.name}"


def wait_events(
    wait: Wait,
    rates: Mapping[date, Decimal],
    inputs: CostInputs,
    events: Iterable[CostEvent],
) -> tuple[CostEvent, ...]:
    """Return what happens, with what does until a new model serves, in order.

    Args:
        wait: The time until it serves.
        rates: Dollars a month from each day on, in order.
        inputs: The numbers and models.
        events: What happens to the new model itself.
    """
    found = [*events]
    if wait.is_ready:
        served = "" if wait.then or not wait.technique else SHORT_NAMES[wait.technique]
        until = f" and replaces “{served}”, which serves until then" if served else ""
        text = f"The new model is ready{until}."
        found.append(CostEvent(day=wait.until, kind="ready", text=text))
    if wait.technique:
        before = {day: rate for day, rate in rates.items() if day < wait.until}
        model = model_of(wait.technique, inputs)
        after = inputs.after_tuned if wait.technique in TRAINED else "prompt"
        found += [
            replace(event, kind="meanwhile", text=_meanwhile(event.text))
            for event in events_of(model, wait.until, before, (), after=after)
        ]
    return tuple(sorted(found, key=lambda event: event.day))


def _meanwhile(text: str) -> str:
    """Say that something happens before the new model is ready.

    >>> _meanwhile("The price of GPT-5 changes.")
    'Before it is ready, the price of GPT-5 changes.'
    >>> _meanwhile("GPT-5 retires.")
    'Before it is ready, GPT-5 retires.'
    """
    the_price = text.startswith("The price of ")
    return f"Before it is ready, {text[:1].lower() + text[1:] if the_price else text}"
