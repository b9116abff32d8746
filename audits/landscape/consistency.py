"""Finds facts that contradict each other, which no single fact shows."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from audits.landscape.facts import FIRST_DAY, Cited, Source
from audits.landscape.schema import (
    Change,
    ExchangeRate,
    Landscape,
    Model,
    Offer,
    PricePeriod,
    Timelines,
)
from audits.strict_yaml.dangling import dangling, problem_at
from audits.strict_yaml.problems import Problem

NEEDED = ("cache_minimum", "tokens_per_o200k")
_CURRENCY = re.compile("[A-Z]{3}")


def problems(
    landscape: Landscape, files: Mapping[str, Any]
) -> Iterator[tuple[str, Sequence[Problem]]]:
    """Yield each file that contradicts itself or another, with what is wrong in it.

    Args:
        landscape: The facts of all files together.
        files: The content of each file, by name.
    """
    seen: dict[str, str] = {}
    for name, content in files.items():
        found = [*_twice(name, content, seen), *_of_file(content, landscape)]
        if found:
            yield name, found


def _of_file(content: Any, landscape: Landscape) -> Iterator[Problem]:
    for model in getattr(content, "models", ()):
        yield from _model(model, landscape)
    for offer in getattr(content, "offers", ()):
        yield from _offer(offer, landscape)
    yield from _changes(getattr(content, "changes", ()))
    yield from _sources(getattr(content, "sources", ()))
    if isinstance(content, Timelines):
        yield from _timelines(content)
    hosting = getattr(content, "hosting", content)
    if hour := getattr(hosting, "gpu_hour", None):
        yield from _in_order(hour, "hosting.gpu_hour")
    for bounds in getattr(hosting, "other_gpus", ()):
        yield from _in_order(bounds, "hosting.other_gpus")
    if hasattr(content, "assumptions"):
        yield from _assumptions(content.assumptions, landscape)
    yield from _exchange_rates(getattr(content, "exchange_rates", ()))


def _changes(changes: Iterable[Change]) -> Iterator[Problem]:
    for change, after in pairwise(changes):
        if after.day < change.day:
            key = f"changes[{after.id}].day"
            yield problem_at(after.id, key, f'is before "{change.id}" above it')


def _exchange_rates(rates: Iterable[ExchangeRate]) -> Iterator[Problem]:
    newest: dict[str, date] = {}
    for rate in rates:
        key = f"exchange_rates[{rate.currency}]"
        if not _CURRENCY.fullmatch(rate.currency):
            message = 'must be a code of three capitals, such as "EUR"'
            yield problem_at(rate.currency, f"{key}.currency", message)
        if rate.value <= 0:
            yield problem_at(rate.currency, f"{key}.value", "must be above 0")
        before = newest.get(rate.currency)
        if before and rate.as_of <= before:
            message = "is not after the day above it"
            yield problem_at(rate.currency, f"{key}.as_of", message)
        newest[rate.currency] = rate.as_of


def _sources(sources: Iterable[Source]) -> Iterator[Problem]:
    for source in sources:
        if source.href is not None and not source.href.startswith("https://"):
            key = f"sources[{source.id}].href"
            yield problem_at(source.href, key, "must begin with https://")


def _twice(name: str, content: Any, seen: dict[str, str]) -> Iterator[Problem]:
    """Refuse an id that another fact of its kind has."""
    for kind in ("sources", "models", "offers", "changes", "assumptions"):
        for fact in getattr(content, kind, ()):
            if earlier := seen.get(f"{kind} {fact.id}"):
                key = f"{kind}[{fact.id}].id"
                yield problem_at(fact.id, key, f"given already in {earlier}")
            seen[f"{kind} {fact.id}"] = name


def _model(model: Model, landscape: Landscape) -> Iterator[Problem]:
    key = f"models[{model.id}]"
    if (model.released is None) == (model.first_seen is None):
        message = "needs either `released` or `first_seen`"
        yield problem_at(model.id, key, message)
    elif model.retires and model.retires.day <= model.available_from.day:
        yield problem_at(model.id, f"{key}.retires.day", "is before it is released")
    if not model.price and not model.price_periods:
        yield problem_at(model.id, key, "needs `price` or `price_periods`")
    yield from _periods(model.price_periods, f"{key}.price_periods")
    tuning = model.tuning
    if (tuning.offered == "yes") != bool(tuning.offers):
        message = 'names offers if, and only if, tuning is offered: "yes"'
        yield problem_at(model.id, f"{key}.tuning.offers", message)
    named = (*tuning.offers, *tuning.elsewhere)
    yield from dangling("offer", named, landscape.offers, f"{key}.tuning")
    if model.replaced_by:
        named = (model.replaced_by.model,)
        yield from dangling("model", named, landscape.models, f"{key}.replaced_by")
        if model.retires is None:
            message = "only a model that `retires` is replaced"
            yield _at(model.replaced_by, f"{key}.replaced_by", message)


def _offer(offer: Offer, landscape: Landscape) -> Iterator[Problem]:
    key = f"offers[{offer.id}]"
    if offer.ends and offer.ends.day < offer.opens.day:
        yield problem_at(offer.id, f"{key}.ends.day", "is before it opens")
    for charge in (*offer.training, *offer.serving, *offer.hosting, *offer.limits):
        if charge.up_to is not None and charge.up_to < charge.value:
            yield problem_at(charge.what, f"{key}.up_to", "is less than the value")
    if offer.inference and offer.deployment is None:
        message = (
            "must say what a tuned model costs in USD per hour; 0 if only tokens cost"
        )
        yield problem_at(offer.id, f"{key}.hosting", message)
    for prices in offer.inference:
        yield from _period(prices, f"{key}.inference")
    named = [prices.model for prices in offer.inference]
    yield from dangling("model", named, landscape.models, f"{key}.inference")


def _periods(periods: Sequence[PricePeriod], key: str) -> Iterator[Problem]:
    for period in periods:
        yield from _period(period, key)
    for period, after in pairwise(periods):
        if period.end is None or after.start < period.end:
            yield _at(after, key, "begins before the period above it ends")


def _period(period: PricePeriod, key: str) -> Iterator[Problem]:
    if period.end is not None and period.end <= period.start:
        yield _at(period, key, "a period ends before it begins")
    if period.batch is not None and not 0 < period.batch < 1:
        message = "a batch costs a share of the price between 0 and 1"
        yield _at(period, key, message)
    starts = [tier.above for tier in period.tiers]
    if starts != sorted(set(starts)):
        yield _at(period, key, "each tier begins above the one before it")


def _timelines(timelines: Timelines) -> Iterator[Problem]:
    for kind in ("windows", "gpt4_prices", "caching"):
        points = getattr(timelines, kind)
        for point, after in pairwise(points):
            if after.day < point.day:
                yield _at(after, f"timelines.{kind}", "is before the point above it")
    if not timelines.windows or timelines.windows[0].day > FIRST_DAY:
        yield Problem(1, "timelines.windows", f"must begin by {FIRST_DAY}")
    for record, after in pairwise(timelines.windows):
        if after.value <= record.value:
            yield _at(
                after,
                "timelines.windows",
                "is not a record: it is no larger than the one above",
            )


def _assumptions(assumptions: Iterable[Any], landscape: Landscape) -> Iterator[Problem]:
    for assumption in assumptions:
        yield from _in_order(assumption, f"assumptions[{assumption.id}]")
    for needed in NEEDED:
        if needed not in landscape.assumptions:
            yield Problem(1, f"assumptions[{needed}]", "is missing")


def _in_order(fact: Any, key: str) -> Iterator[Problem]:
    expected = getattr(fact, "expected", fact.low)
    if not fact.low <= expected <= fact.high:
        yield _at(fact, key, "low, expected and high must be in this order")


def _at(fact: Cited, key: str, message: str) -> Problem:
    """Place a problem at a fact whose only text is its sources."""
    return problem_at(fact.sources[0], key, message)
