"""The models of a portfolio whose end is announced, and who uses them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from audits.landscape import in_force
from audits.landscape.catalogue import catalogue
from audits.landscape.facts import Confidence, Source

# How a use case means a model, by the number that names it.
_MEANT = {
    "model": "chosen",
    "smaller": "as the smaller model",
    "tuned": "as the base model for training",
    "successor": "as the successor",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A use case by its audit, and how it means a model."""

    audit: str
    name: str
    meant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingModel:
    """A model that its provider ends, and the use cases that name it."""

    name: str
    provider: str
    day: date
    has_ended: bool
    successor: str
    confidence: Confidence
    sources: tuple[Source, ...]
    uses: tuple[Use, ...]


class EndingModels:
    """Collects the models that end, of one use case after the other.

    `priced` are the use cases with calls to price: their audits and names.
    """

    def __init__(self, today: date) -> None:
        self.today = today
        self.priced: list[tuple[str, str]] = []
        self._uses: dict[str, list[Use]] = {}

    def add(self, audit: str, name: str, numbers: Mapping[str, str]) -> None:
        """Note what a use case names."""
        if "requests" in numbers:
            self.priced.append((audit, name))
        for model, meant in ending_of(numbers):
            use = Use(audit=audit, name=name, meant=meant)
            self._uses.setdefault(model, []).append(use)

    @cached_property
    def rows(self) -> tuple[EndingModel, ...]:
        """The models, those that end first before the others."""
        found = (self._row(model, uses) for model, uses in self._uses.items())
        return tuple(sorted(found, key=lambda row: (row.day, row.name)))

    def _row(self, model_id: str, uses: list[Use]) -> EndingModel:
        market = catalogue(self.today)
        models = market.landscape.models
        model = models[model_id]
        assert model.retires is not None  # noqa: S101 - `ending_of` found that it does
        after = model.replaced_by.model if model.replaced_by else ""
        return EndingModel(
            name=model.name,
            provider=model.provider,
            day=model.retires.day,
            has_ended=model.retires.day <= self.today,
            successor=models[after].name if after in models else after,
            confidence=model.retires.confidence,
            sources=market.sources(model.retires),
            uses=tuple(uses),
        )


def ending_of(numbers: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the models that numbers name and that end, and how each is meant."""
    models = in_force.current().models
    found: dict[str, str] = {}
    for number, meant in _MEANT.items():
        model = models.get(numbers.get(number, ""))
        if model and model.retires:
            found.setdefault(model.id, meant)
    return tuple(found.items())
