"""The framework's market facts, read from the landscape of a day."""

from collections.abc import Mapping
from datetime import date

from audits.frameworks.schema import Framework
from audits.landscape.catalogue import Catalogue, catalogue
from audits.landscape.facts import Cited
from audits.scoring.circumstances import (
    Circumstances,
    EvidenceLevel,
    MarketValue,
)


def circumstances_on(
    framework: Framework,
    day: date,
    levels: Mapping[str, EvidenceLevel] | None = None,
) -> Circumstances:
    """Return what a verdict rests on beside its answers, on a day.

    Args:
        framework: The framework whose market facts are asked for.
        day: Any day from 2022-01-01.
        levels: The evidence level of answers, by question.

    Raises:
        ValueError: The landscape does not reach back to that day.
        LookupError: The framework names a market fact that no landscape tells.
    """
    market = catalogue(day)
    return Circumstances(
        market={fact.id: _READERS[fact.id](market) for fact in framework.market},
        levels=levels or {},
    )


def _largest_window(market: Catalogue) -> MarketValue:
    record = market.largest_window_record
    said = f"{market.largest_window:,} tokens, {record.vendor} {record.model}"
    return MarketValue(
        value=market.largest_window,
        words=f"{said}, since {_date(record.day)} ({_source(market, record)})",
    )


def _enforced_output(market: Catalogue) -> MarketValue:
    since = market.enforced_output_since
    exists = "exist since" if market.enforced_output else "do not exist before"
    words = f"{exists} {_date(since.day)} ({_source(market, since)})"
    return MarketValue(value=market.enforced_output, words=words)


_READERS = {"largest_window": _largest_window, "enforced_output": _enforced_output}


def _date(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _source(market: Catalogue, fact: Cited) -> str:
    return market.sources(fact)[0].title
