"""Reads the facts of the market: the only way to get them."""

import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from audits.landscape import consistency
from audits.landscape.facts import Assumption, Source, Sources
from audits.landscape.schema import (
    Change,
    ExchangeRate,
    Hosting,
    Landscape,
    Model,
    Offer,
    Timelines,
)
from audits.strict_yaml.nodes import compose
from audits.strict_yaml.plain_strings import without_lines
from audits.strict_yaml.problems import RefusedFileError, did_you_mean
from audits.strict_yaml.reader import Reader, Refused

DATA = Path(__file__).parent / "data"

_NUMBER_TAGS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")
_NUMBER = re.compile(r"(0|[1-9][0-9]*)(\.[0-9]+)?")
# Further away is a slip of the pen, and days are counted from here and there.
_YEARS = range(1900, 2101)
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class _SourcesFile:
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _ModelsFile:
    models: tuple[Model, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _OffersFile:
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _ChangesFile:
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _AssumptionsFile:
    assumptions: tuple[Assumption, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _ExchangeRatesFile:
    exchange_rates: tuple[ExchangeRate, ...]


@cache
def built_in() -> Landscape:
    """Return the facts that ship with this release.

    Raises:
        RefusedFileError: A file of them is refused.
    """
    return load(DATA)


def load(folder: Path) -> Landscape:
    """Read the facts in a folder.

    Args:
        folder: Has sources.yaml, offers.yaml, hosting.yaml, changes.yaml,
            timelines.yaml, assumptions.yaml, exchange_rates.yaml and models/*.yaml, of
            256 kB at most.

    Raises:
        RefusedFileError: The first file that is refused; lists every problem in it
            with its line: a figure without unit, day, confidence or source, a source
            that is nowhere listed, facts that contradict each other.
        OSError: A file cannot be read.
    """
    files: dict[str, Any] = {}
    digest = hashlib.sha256()

    def read(name: str, shape: Any, sources: Iterable[str]) -> Any:
        raw = (folder / name).read_bytes()
        digest.update(b"%b %d " % (name.encode(), len(raw)) + raw)
        files[name] = _read(raw, name, shape, frozenset(sources))
        return files[name]

    sources = {s.id: s for s in read("sources.yaml", _SourcesFile, ()).sources}
    offers = read("offers.yaml", _OffersFile, sources).offers
    models: list[Model] = []
    for path in sorted(folder.glob("models/*.yaml")):
        models += read(f"models/{path.name}", _ModelsFile, sources).models
    landscape = Landscape(
        sources=sources,
        models={model.id: model for model in models},
        offers={offer.id: offer for offer in offers},
        changes=read("changes.yaml", _ChangesFile, sources).changes,
        timelines=read("timelines.yaml", Timelines, sources),
        hosting=read("hosting.yaml", Hosting, sources),
        assumptions={
            assumption.id: assumption
            for assumption in read(
                "assumptions.yaml", _AssumptionsFile, sources
            ).assumptions
        },
        exchange_rates=read(
            "exchange_rates.yaml", _ExchangeRatesFile, sources
        ).exchange_rates,
        sha256=digest.hexdigest(),
    )
    for name, problems in consistency.problems(landscape, files):
        raise RefusedFileError(name, problems)
    return without_lines(landscape)


def _read(raw: bytes, name: str, shape: Any, sources: frozenset[str]) -> Any:
    key = name.split(".", maxsplit=1)[0]
    return read_facts(compose(raw, name), name, shape, sources, key=key)


def read_facts(
    node: yaml.Node,
    name: str,
    shape: Any,
    sources: Collection[str],
    *,
    key: str = "",
    listed_in: str = "sources.yaml",
) -> Any:
    """Read a file of facts.

    Args:
        node: The whole file.
        name: The name of the file, for messages.
        shape: The dataclass that it has the shape of.
        sources: The ids that its facts may cite.
        key: What the keys in messages begin with.
        listed_in: Where these sources are, in words.

    Raises:
        RefusedFileError: It has another shape, or cites another source.
    """

    def cited(reader: Reader, node: yaml.Node, key: str) -> tuple[str, ...]:
        return _cited(reader, node, key, sources, listed_in)

    reader = Reader({Decimal: _number, date: _day, Sources: cited})
    try:
        content = reader.read(node, shape, key)
    except Refused:
        raise RefusedFileError(name, reader.problems) from None
    if reader.problems:
        raise RefusedFileError(name, reader.problems)
    return content


def _number(reader: Reader, node: yaml.Node, key: str) -> Decimal:
    """Read a number from the text as written, so that 0.1 is exactly a tenth."""
    is_number = node.tag in _NUMBER_TAGS and isinstance(node, yaml.ScalarNode)
    if is_number and _NUMBER.fullmatch(node.value):
        return Decimal(node.value)
    raise reader.refuse(node, key, "must be a number such as 1050000 or 0.125")


def _day(reader: Reader, node: yaml.Node, key: str) -> date:
    """Read a day; a month or a year means its first day."""
    written = reader.text(node, key)
    try:
        if found := _DAY.fullmatch(written):
            year, month, day = found.groups()
            if int(year) in _YEARS:
                return date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        pass
    raise reader.refuse(
        node, key, f'"{written}" is not a day; write "2026-11-24", "2026-11" or "2026"'
    )


def _cited(
    reader: Reader,
    node: yaml.Node,
    key: str,
    known: Collection[str],
    listed_in: str,
) -> tuple[str, ...]:
    names = [reader.text(item, key) for item in reader.items(node, key)]
    if not names:
        raise reader.refuse(node, key, "must name at least one source")
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known)
            reader.refuse(name, key, f'no source "{name}" in {listed_in}{hint}')
    return tuple(names)
