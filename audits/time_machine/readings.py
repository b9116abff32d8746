"""A day read twice: with prices and windows only, and with capability too."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from audits.frameworks.loading import loader
from audits.landscape.capability import CapabilityTier, capability_tiers
from audits.landscape.catalogue import catalogue
from audits.landscape.facts import Source
from audits.scoring.history.capability import CapabilityReading
from audits.scoring.history.portfolio_history import PortfolioHistory
from audits.templatetags.timelines import by_family


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyRow:
    """How many use cases have a verdict of a family, by either reading."""

    name: str
    prices: int
    capability: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """Both readings of a day; `waiting` counts what was not known on it."""

    day: date
    total: int
    waiting: int
    rows: tuple[FamilyRow, ...]
    tiers: tuple[tuple[CapabilityTier, tuple[Source, ...]], ...]


def build_readings(history: PortfolioHistory, reading: CapabilityReading) -> Readings:
    """Return both readings of the day of one of them."""
    market = catalogue(reading.day)
    return Readings(
        day=reading.day,
        total=history.total,
        waiting=reading.waiting,
        rows=tuple(_rows(history.on(reading.day), reading.verdicts)),
        tiers=tuple((tier, market.sources(tier.cited)) for tier in capability_tiers()),
    )


def _rows(prices: Mapping[str, int], capability: Mapping[str, int]) -> list[FamilyRow]:
    before, after = by_family(prices), by_family(capability)
    return [
        FamilyRow(name=words.name, prices=before[family], capability=after[family])
        for family, words in loader.current().families.items()
        if before[family] or after[family]
    ]
