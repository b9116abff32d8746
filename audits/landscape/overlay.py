"""An operator's file of facts, laid over another landscape.

An entry of the file takes the place of the whole entry of that id, or is added. What
the file does not name stays.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

import yaml

from audits.landscape import consistency, prices
from audits.landscape.facts import Assumption, Bounds, Charge, Day, Range, Source
from audits.landscape.loader import read_facts
from audits.landscape.schema import (
    CachePoint,
    Change,
    ExchangeRate,
    Hosting,
    Landscape,
    Milestone,
    Model,
    Offer,
    PricePoint,
    Timelines,
    WindowRecord,
)
from audits.strict_yaml.dangling import dangling, problem_at
from audits.strict_yaml.nodes import compose
from audits.strict_yaml.problems import Problem, RefusedFileError

_LISTED_IN = "the file or the landscape below it"


@dataclass(frozen=True, slots=True, kw_only=True)
class _SomeTimelines:
    windows: tuple[WindowRecord, ...] = ()
    gpt4_prices: tuple[PricePoint, ...] = ()
    caching: tuple[CachePoint, ...] = ()
    enforced_output: Day | None = None
    milestones: tuple[Milestone, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _SomeHosting:
    gpu_hour: Range | None = None
    other_gpus: tuple[Bounds, ...] = ()
    vector_stores: tuple[Charge, ...] = ()
    embeddings: tuple[Charge, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """The file: `as_of` is the day for which somebody brought the facts up to date."""

    as_of: date
    sources: tuple[Source, ...] = ()
    models: tuple[Model, ...] = ()
    offers: tuple[Offer, ...] = ()
    changes: tuple[Change, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    timelines: _SomeTimelines = _SomeTimelines()
    hosting: _SomeHosting = _SomeHosting()
    exchange_rates: tuple[ExchangeRate, ...] = ()


def overlaid(
    raw: bytes, name: str, below: Landscape, *, today: date | None = None
) -> Landscape:
    """Lay a file of facts over a landscape.

    Args:
        raw: The bytes of the file, 256 kB at most.
        name: Its name, for messages.
        below: The landscape that it changes and adds to.
        today: The day on which somebody brings the file; None for one that passed
            then.

    Raises:
        RefusedFileError: It is refused; lists every problem with its line.
    """
    node = compose(raw, name)
    known = {*below.sources, *_ids(node, "sources")}
    file: _File = read_facts(node, name, _File, known, listed_in=_LISTED_IN)
    whole = replace(
        below,
        sources=_by_id(below.sources, file.sources),
        models=_by_id(below.models, file.models),
        offers=_by_id(below.offers, file.offers),
        changes=_by_day(below.changes, file.changes, lambda change: change.id),
        timelines=_timelines(below.timelines, file.timelines),
        hosting=_hosting(below.hosting, file.hosting),
        exchange_rates=_rates(below.exchange_rates, file.exchange_rates),
        assumptions=_by_id(below.assumptions, file.assumptions),
        sha256=hashlib.sha256(below.sha256.encode() + raw).hexdigest(),
        dated=file.as_of,
    )
    problems = [
        *(_brought_on(today, file, _line_of(node, "as_of")) if today else ()),
        *_dates(file),
        *_units(file, below),
        *_windows(file.timelines.windows, whole.timelines.windows),
    ]
    for _, found in consistency.problems(whole, {name: file}):
        problems += found
    if problems:
        raise RefusedFileError(name, problems)
    return whole


def _by_id[Fact](below: Mapping[str, Fact], given: Iterable[Any]) -> dict[str, Fact]:
    return {**below, **{fact.id: fact for fact in given}}


def _by_name[Fact](
    below: Iterable[Fact], given: Iterable[Fact], name: Callable[[Any], object]
) -> tuple[Fact, ...]:
    return tuple({name(fact): fact for fact in (*below, *given)}.values())


def _by_day[Fact](
    below: Iterable[Fact], given: Iterable[Fact], name: Callable[[Any], object]
) -> tuple[Fact, ...]:
    def day(fact: Any) -> date:
        found: date = fact.day
        return found

    return tuple(sorted(_by_name(below, given, name), key=day))


def _rates(
    below: Iterable[ExchangeRate], given: Iterable[ExchangeRate]
) -> tuple[ExchangeRate, ...]:
    def day_and_currency(rate: Any) -> tuple[date, str]:
        return rate.as_of, rate.currency

    return tuple(sorted(_by_name(below, given, day_and_currency), key=day_and_currency))


def _timelines(below: Timelines, given: _SomeTimelines) -> Timelines:
    def point(fact: Any) -> object:
        return fact.day, fact.vendor, fact.model

    return Timelines(
        windows=_by_day(below.windows, given.windows, point),
        gpt4_prices=_by_day(below.gpt4_prices, given.gpt4_prices, point),
        caching=_by_day(below.caching, given.caching, point),
        enforced_output=given.enforced_output or below.enforced_output,
        milestones=_by_day(
            below.milestones, given.milestones, lambda each: (each.day, each.short)
        ),
    )


def _hosting(below: Hosting, given: _SomeHosting) -> Hosting:
    def what(fact: Any) -> object:
        return fact.what

    return Hosting(
        gpu_hour=given.gpu_hour or below.gpu_hour,
        other_gpus=_by_name(below.other_gpus, given.other_gpus, what),
        vector_stores=_by_name(below.vector_stores, given.vector_stores, what),
        embeddings=_by_name(below.embeddings, given.embeddings, what),
    )


def _brought_on(today: date, file: _File, line: int) -> Iterator[Problem]:
    """Refuse a day to come, and a price that genai-prices of this release lacks."""
    if file.as_of > today:
        message = f"{file.as_of} is after today, {today}; write the day you checked"
        yield Problem(line, "as_of", message)
    for model in file.models:
        if model.price:
            try:
                prices.price_days(model.price.provider_id, model.price.model_ref)
            except LookupError as error:
                key = f"models[{model.id}].price"
                message = f"{error.args[0]}; give `price_periods` in its place"
                yield problem_at(model.price.model_ref, key, message)


def _dates(file: _File) -> Iterator[Problem]:
    for source in file.sources:
        if source.day > file.as_of:
            key = f"sources[{source.id}].day"
            message = f"is after `as_of` of the file, {file.as_of}; bring that forward"
            yield problem_at(source.id, key, message)


def _units(file: _File, below: Landscape) -> Iterator[Problem]:
    """Refuse a planning figure that nothing would read, or read in another unit."""
    names = [assumption.id for assumption in file.assumptions]
    yield from dangling("assumption", names, below.assumptions, "assumptions")
    for given in file.assumptions:
        old = below.assumptions.get(given.id)
        if old and given.unit != old.unit:
            key = f"assumptions[{given.id}].unit"
            yield problem_at(given.unit, key, f"must be {old.unit}")
    hour, unit = file.hosting.gpu_hour, below.hosting.gpu_hour.unit
    if hour and hour.unit != unit:
        yield problem_at(hour.unit, "hosting.gpu_hour.unit", f"must be {unit}")


def _windows(
    given: Collection[WindowRecord], windows: Iterable[WindowRecord]
) -> Iterator[Problem]:
    for record, after in pairwise(windows):
        if after.value <= record.value and (record in given or after in given):
            own = after if after in given else record
            message = "is no record: windows grow from each of these to the next"
            yield problem_at(own.sources[0], "timelines.windows", message)


def _ids(node: yaml.MappingNode, key: str) -> Iterator[str]:
    """Yield the ids in a list of the file, before it is read; wrong ones do no harm."""
    for name, part in node.value:
        if name.value == key and isinstance(part, yaml.SequenceNode):
            for item in part.value:
                if isinstance(item, yaml.MappingNode):
                    yield from (str(v.value) for k, v in item.value if k.value == "id")


def _line_of(node: yaml.MappingNode, key: str) -> int:
    found = (name for name, _ in node.value if name.value == key)
    return next((name.start_mark.line + 1 for name in found), 1)
