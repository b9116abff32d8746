"""The basis of a verdict on a day: the market's figures and computed answers."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from audits.frameworks import conditions as c
from audits.frameworks.condition_places import conditions_of
from audits.frameworks.schema import Framework
from audits.landscape import in_force
from audits.landscape.change_days import market_days, model_days
from audits.scoring.deciding.circumstances import MarketValue
from audits.scoring.market import circumstances_on
from audits.scoring.numbers.currency import in_dollars
from audits.scoring.numbers.numbers import numbers_of
from audits.scoring.pricing.pricing import Numbers, computed_on
from audits.scoring.proposals.proposal_parts import without_proposal

type Market = Mapping[str, MarketValue]
_MODELS = ("model", "smaller", "tuned")


@dataclass(frozen=True, slots=True)
class MarketDay:
    """A day, the market on it, and the answers that a use case's numbers give on it."""

    day: date
    market: Market
    computed: Mapping[str, str]

    def is_like(self, other: "MarketDay") -> bool:
        """Return whether another day decides the same; a market is read once."""
        return self.market is other.market and self.computed == other.computed


@dataclass(frozen=True)
class Markets:
    """The market as a framework reads it, on each day when that changes."""

    framework: Framework
    by_day: Mapping[date, Market]

    def on(self, day: date) -> Market:
        """Return the market on a day not before the first."""
        return self.by_day[self._days[bisect_right(self._days, day) - 1]]

    @cached_property
    def _days(self) -> tuple[date, ...]:
        return tuple(self.by_day)


def markets(framework: Framework, first: date, last: date) -> Markets:
    """Return the market on the first day, and on each day when a rule reads a change.

    A window that grows without reaching the size in a rule changes no verdict.

    Args:
        framework: The framework whose rules read.
        first: The day to begin with, from 2022-01-01.
        last: The last possible day.
    """
    found: dict[date, Market] = {}
    before: object = None
    tests = _tests(framework)
    for day in (first, *(day for day in market_days() if first < day <= last)):
        market = circumstances_on(framework, day).market
        reads = [_reads(test, market) for test in tests]
        if reads != before:
            found[day], before = market, reads
    return Markets(framework, found)


def computed(
    numbers: Mapping[str, str], day: date, rates_of: date
) -> Mapping[str, str]:
    """Return the answers that a use case's numbers give on a day.

    A model that was unavailable then gives none, but for where it can be tuned.

    Args:
        numbers: As they were given.
        day: The day of the prices.
        rates_of: The day whose rate makes amounts US dollars. It is one for all the
            days that are compared: a team's costs do not change with a currency.
    """
    priced = in_dollars(without_proposal(numbers), rates_of)
    return _computed(tuple(sorted(priced.items())), day) if priced else {}


def days_of(numbers: Mapping[str, str], first: date, last: date) -> Iterator[date]:
    """Yield the days after the first on which numbers may give other answers."""
    for key in _MODELS:
        if key in numbers:
            try:
                days = model_days(numbers[key])
            except LookupError:
                continue
            yield from (day for day in days if first < day <= last)


@in_force.remembered(maxsize=4096)
def _computed(numbers: tuple[tuple[str, str], ...], day: date) -> Mapping[str, str]:
    return computed_on(_read(numbers), day)


# One day of a use case follows another, with the same numbers.
@lru_cache(maxsize=16)
def _read(numbers: tuple[tuple[str, str], ...]) -> Numbers:
    return numbers_of(dict(numbers))


def _tests(framework: Framework) -> tuple[c.MarketLeaf, ...]:
    return tuple(
        dict.fromkeys(
            leaf
            for _, condition in conditions_of(framework)
            for leaf in c.leaves(condition)
            if isinstance(leaf, c.MarketExists | c.MarketReaches)
        )
    )


def _reads(test: c.MarketLeaf, market: Market) -> bool:
    value = market[test.market].value
    if isinstance(test, c.MarketExists):
        return value is test.exists
    return value is not None and value >= test.at_least
