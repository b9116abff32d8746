"""Why a verdict changed, in words: a fact of the market, its day and its sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from audits.frameworks.schema import Framework
from audits.landscape.catalogue import Catalogue, catalogue
from audits.landscape.facts import Cited, Confidence, Source
from audits.landscape.tunability import Tunability
from audits.scoring.days import in_words
from audits.scoring.history.market_days import MarketDay

_MODELS = ("model", "smaller", "tuned")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """A fact that changed a verdict: its name, and its words from its day on."""

    fact: str
    name: str
    said: str
    day: date
    confidence: Confidence
    sources: tuple[Source, ...]


def cause_of(
    framework: Framework, fact: str, market_day: MarketDay, numbers: Mapping[str, str]
) -> Cause:
    """Return a fact that changed on the day of a market_day, as people read it.

    Args:
        framework: The framework that reads it.
        fact: A market fact, or a question whose answer is computed.
        market_day: The day, and the market from it on.
        numbers: The numbers of the use case, which name its models.
    """
    market = catalogue(market_day.day)
    if fact in framework.market_by_id:
        value = market_day.market[fact]
        assert value.cited is not None, fact  # noqa: S101 - every reader cites
        name, said, cited = framework.market_by_id[fact].label, value.said, value.cited
    else:
        item = framework.answerable[fact]
        labels = {option.id: option.name for option in item.options}
        answer = market_day.computed.get(fact, "unknown")
        told, cited = _computed(market, fact, numbers)
        name, said = item.label, f"“{labels.get(answer, 'Not known')}”, {told}"
    return Cause(
        fact=fact,
        name=name,
        said=said,
        day=market_day.day,
        confidence=cited.confidence,
        sources=market.sources(cited),
    )


def _computed(
    market: Catalogue, question: str, numbers: Mapping[str, str]
) -> tuple[str, Cited]:
    """Return the basis of a computed answer, on the day of its change."""
    known = market.landscape.models
    named = [numbers[key] for key in _MODELS if key in numbers]
    models = [known[model] for model in named if model in known]
    for model in models:
        if model.available_from.day == market.on:
            return f"because {model.name} was released", model.available_from
        if model.retires and model.retires.day == market.on:
            return f"because {model.name} is shut down", model.retires
    if question == "platform":
        found = market.tunable(numbers["tuned"])
        name = market.model(numbers["tuned"]).name
        return f"because {name} {_trainable(found, market.on)}", found.because
    for model in models:
        if _price_changed(market, model.id):
            said = f"because the price of {model.name} changed"
            return said, market.price_basis(model.id)
    first = models[0]
    return f"computed for {first.name}", market.price_basis(first.id)


def _trainable(found: Tunability, on: date) -> str:
    """Say of a model until when it can be trained, or from when on it cannot."""
    if found.until is None:
        return "can be trained" if found.status == "open" else "cannot be trained"
    until = in_words(found.until)
    if found.until <= on:
        return f"cannot be trained from {until} on"
    if found.status == "open":
        return f"can be trained until {until}"
    counts = "and an end within 12 months counts as closing"
    return f"can be trained only until {until}, {counts}"


def _price_changed(market: Catalogue, model_id: str) -> bool:
    before = catalogue(market.on - timedelta(days=1))
    if model_id not in before.models or model_id not in market.models:
        return False
    return before.prices(model_id) != market.prices(model_id)
