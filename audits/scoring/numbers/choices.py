"""What is chosen among the numbers instead of typed: models, and what runs today."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from audits.landscape.catalogue import Catalogue
from audits.landscape.schema import Model
from audits.landscape.tunability import a_year_after
from audits.scoring.costs.cost_numbers import PLANNED, TECHNIQUE_NAMES
from audits.scoring.costs.rounding import unit_price
from audits.scoring.days import in_words
from audits.scoring.pricing.gpu_kinds import KEY as GPU

CHOSEN_LABELS: Mapping[str, str] = {
    "model": "Model for prompts, in use or planned",
    "smaller": "Smaller model to compare",
    "tuned": "Model to tune at a provider",
    "successor": "Model to tune next",
    "today": "What runs today or is planned",
    GPU: "Kind of GPU",
}


def choices_on(market: Catalogue) -> Iterator[tuple[str, str, list[Any]]]:
    """Yield what is chosen instead of typed, but for the kind of GPU.

    Args:
        market: The market of a day.

    Yields:
        Its id among the numbers, its hint, and its choices: the stored text and the
        words of each, or the name of a group and its choices. Empty text is none.
    """
    hosted = [("", "Not chosen"), *_choices(market)]
    yield "model", "The model that gets, or would get, the whole prompt.", hosted
    yield "smaller", "It is compared unless it failed on your test cases.", hosted
    hint = (
        "Only models whose tuned version has a known price. The list says when a "
        "provider will stop training a model."
    )
    yield "tuned", hint, [("", "Not chosen"), *_tuned_choices(market)]
    hint = (
        "Only if your tuned model must be replaced. Leave it empty to use the cheapest "
        "model that can still be tuned and has a price."
    )
    yield "successor", hint, [("", "Not chosen"), *_successor_choices(market)]
    techniques = [("", "Nothing yet"), *((x, TECHNIQUE_NAMES[x]) for x in PLANNED)]
    hint = (
        "Savings and payback are measured against it. A distilled model is one tuned "
        "on the answers of a stronger model."
    )
    yield "today", hint, techniques


def chosen_in_words(numbers: Mapping[str, str], market: Catalogue) -> Iterator[str]:
    """Yield the models and the kind of GPU that were chosen, by their names.

    Args:
        numbers: The numbers as they are stored.
        market: The market of a day; a model that it has not is said by its id.
    """
    for key, value in numbers.items():
        if key in CHOSEN_LABELS and key != "today":
            model = market.models.get(value)
            yield f"{CHOSEN_LABELS[key]}: {model.name if model else value}"


def _choices(market: Catalogue) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the hosted models with a price on the day, by provider.

    Those that end within a year come last, each with its last day.
    """
    groups: dict[str, list[tuple[str, str]]] = {}
    models = market.models.values()
    for model in sorted(models, key=lambda model: _ends_soon(model, market.on)):
        if model.kind == "embedding":
            continue
        try:
            rates = market.prices(model.id).rates
        except LookupError:
            continue
        words = _words(model, rates.input, rates.output)
        groups.setdefault(model.provider, []).append((model.id, words))
    return list(groups.items())


def _tuned_choices(market: Catalogue) -> list[tuple[str, str]]:
    found = []
    for model in market.models.values():
        try:
            rates = market.tuned_prices(model.id).rates
        except LookupError:
            continue
        words = _words(model, rates.input, rates.output)
        until = market.tunable(model.id).until
        ends = f"; training ends on {in_words(until)}" if until else ""
        found.append((model.id, f"{words}{ends}"))
    return found


def _successor_choices(market: Catalogue) -> list[tuple[str, str]]:
    """Return the models that stay open to tuning, and have a price then."""
    found = []
    for model in market.models.values():
        if model.kind == "embedding" or market.tunable(model.id).status != "open":
            continue
        try:
            rates = market.tuned_prices(model.id).rates
            found.append((model.id, _words(model, rates.input, rates.output)))
        except LookupError:
            if model.open_weights:
                found.append((model.id, f"{model.name}: open, on rented GPUs"))
    return found


def _ends_soon(model: Model, on: date) -> bool:
    return model.retires is not None and model.retires.day < a_year_after(on)


def _words(model: Model, enter: Decimal, leave: Decimal) -> str:
    """Return what a model reads and costs, and its last day, if one is announced."""
    window = int(model.context_window.value)
    ends = f"retires on {in_words(model.retires.day)}; " if model.retires else ""
    return (
        f"{model.name}: {ends}reads up to {window:,} tokens; a million tokens "
        f"cost ${unit_price(enter)} to read and ${unit_price(leave)} to write"
    )
