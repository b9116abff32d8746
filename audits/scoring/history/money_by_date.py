"""What the recommended way costs on each day on which a price of it changed."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from audits.frameworks.schema import Framework
from audits.landscape.catalogue import Catalogue, catalogue
from audits.landscape.change_days import model_days
from audits.landscape.facts import FIRST_DAY, Cited, Confidence, Source
from audits.scoring.assess_on import assess_on
from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.inputs import Inputs

OWN_MACHINES = ("distil", "fine_tune_own")
_NAMED = ("model", "smaller", "tuned")


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyDay:
    """What a month costs from a day on, in US dollars, and where that is from.

    `month` is None if there was no price, and `why` says why.
    """

    day: date
    month: Decimal | None
    why: str
    confidence: Confidence | None
    sources: tuple[Source, ...]


def money_by_date(
    framework: Framework, inputs: Inputs, way: PricedTechnique, until: date
) -> tuple[MoneyDay, ...]:
    """Return the price of one way from its first day on, with each change.

    The calls and their sizes are those of the numbers on every day; only the market
    is that of the day. What had no price before another day without one is left out.

    Args:
        framework: The framework of the answers.
        inputs: What was given.
        way: What to price, the same on every day.
        until: The last day, which may be ahead.
    """
    found: list[MoneyDay] = []
    for day in _days(inputs.numbers, way, until):
        row = _on(framework, inputs, way, day)
        if not found or row.month != found[-1].month:
            found.append(row)
    return tuple(found)


def model_of_way(numbers: Mapping[str, str], way: PricedTechnique) -> str:
    """Return the model that a way pays for by the token; nothing for own machines."""
    if way in OWN_MACHINES:
        return ""
    names = {"prompt_smaller": "smaller", "fine_tune_hosted": "tuned"}
    return numbers.get(names.get(way, "model"), "")


def _days(
    numbers: Mapping[str, str], way: PricedTechnique, until: date
) -> Iterator[date]:
    """Yield the first day, and those on which a model in question may change."""
    found = set()
    for model in _models(numbers, way):
        with suppress(LookupError):
            found |= set(model_days(model))
    yield FIRST_DAY
    yield from sorted(day for day in found if FIRST_DAY < day <= until)


def _models(numbers: Mapping[str, str], way: PricedTechnique) -> tuple[str, ...]:
    """Return the model that is paid by the token; of own machines, those that teach."""
    if way in OWN_MACHINES:
        return tuple(numbers[key] for key in _NAMED if key in numbers)
    return (model_of_way(numbers, way),)


def _on(
    framework: Framework, inputs: Inputs, way: PricedTechnique, day: date
) -> MoneyDay:
    costs = assess_on(framework, inputs, day).costs
    cost = costs.plan.of(way) if costs else None
    basis = _basis(catalogue(day), inputs.numbers, way)
    return MoneyDay(
        day=day,
        month=cost.price.expected_month if cost and cost.price else None,
        why=_missing(day, inputs.numbers, way) or (cost.unpriced if cost else "") or "",
        confidence=basis.confidence if basis else None,
        sources=catalogue(day).sources(basis) if basis else (),
    )


def _missing(day: date, numbers: Mapping[str, str], way: PricedTechnique) -> str:
    """Return why a model in question has no price on a day; nothing if each has."""
    market = catalogue(day)
    for model in _models(numbers, way):
        try:
            market.price_basis(model)
        except LookupError as error:
            return str(error.args[0])
    return ""


def _basis(
    market: Catalogue, numbers: Mapping[str, str], way: PricedTechnique
) -> Cited | None:
    if way in OWN_MACHINES:
        return market.landscape.hosting.gpu_hour
    model = model_of_way(numbers, way)
    try:
        if way == "fine_tune_hosted":
            return market.tuned_basis(model)
        return market.price_basis(model)
    except LookupError:
        return None
