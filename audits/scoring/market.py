"""The framework's market facts, read from the landscape of a day."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from audits.frameworks.evaluation import Code
from audits.frameworks.questions import UNKNOWN
from audits.frameworks.schema import Framework
from audits.landscape.catalogue import Catalogue, catalogue
from audits.landscape.facts import Cited
from audits.landscape.schema import called
from audits.scoring.days import in_words
from audits.scoring.deciding.circumstances import (
    Circumstances,
    EvidenceLevel,
    MarketValue,
)
from audits.scoring.pricing.economics import Economics
from audits.scoring.pricing.pricing import Answered


def circumstances_on(
    framework: Framework,
    day: date,
    levels: Mapping[str, EvidenceLevel] | None = None,
) -> Circumstances:
    """Return the circumstances of a verdict on a day: what counts besides answers.

    Args:
        framework: The framework whose market facts to read.
        day: Any day from 2022-01-01.
        levels: The evidence level of answers, by question.

    Raises:
        ValueError: The landscape does not reach back to that day.
        LookupError: The framework names a market fact that the landscape does not have.
    """
    market = catalogue(day)
    return Circumstances(
        market={fact.id: _READERS[fact.id](market) for fact in framework.market},
        levels=levels or {},
    )


def with_computed(
    found: Economics | Answered, under: Circumstances, codes: Mapping[str, Code]
) -> tuple[Circumstances, dict[str, Code]]:
    """Add the computed answers, with their basis, to a team's answers.

    The team's own answers win; “I don't know yet” says nothing, so what is computed
    counts in its place.
    """
    new = computed_beside(found.computed, codes)
    basis = {q: found.basis[q] for q in new if q in found.basis}
    return replace(under, computed=basis), {**codes, **new}


def computed_beside(
    computed: Mapping[str, str], codes: Mapping[str, Code]
) -> dict[str, str]:
    """Return the computed answers that count beside those that a team gave.

    Args:
        computed: What the numbers and the market say, by question.
        codes: What the team said.
    """
    return {q: x for q, x in computed.items() if codes.get(q, UNKNOWN) == UNKNOWN}


def _largest_window(market: Catalogue) -> MarketValue:
    record = market.largest_window_record
    said = f"{market.largest_window:,} tokens, {record.vendor} {called(record)}"
    said = f"{said}, since {in_words(record.day)}"
    return _told(market, market.largest_window, said, record)


def _enforced_output(market: Catalogue) -> MarketValue:
    since = market.enforced_output_since
    exists = "since" if market.enforced_output else "not before"
    return _told(
        market, market.enforced_output, f"{exists} {in_words(since.day)}", since
    )


def _prompt_caching(market: Catalogue) -> MarketValue:
    point = market.prompt_caching
    if point is None:
        first = market.landscape.timelines.caching[0]
        return _told(market, None, f"did not exist before {in_words(first.day)}", first)
    percent = int(point.value * 100)
    said = f"saves {percent}% on repeated input, {point.vendor} {called(point)}"
    return _told(market, percent, f"{said}, since {in_words(point.day)}", point)


def _tokens_for_a_dollar(market: Catalogue) -> MarketValue:
    point = market.gpt4_level
    if point is None:
        first = market.landscape.timelines.gpt4_prices[0]
        said = f"no model of that level before {in_words(first.day)}"
        return _told(market, None, said, first)
    tokens = int(1_000_000 / point.input)
    said = f"{tokens:,} tokens, {point.vendor} {called(point)}"
    return _told(market, tokens, f"{said}, since {in_words(point.day)}", point)


def _tuning_offered(market: Catalogue) -> MarketValue:
    count = len({offer.provider for offer in market.offers.values()})
    ending = market.next_tuning_end
    if ending and ending.ends:
        until = f"; {ending.provider} takes new jobs until {in_words(ending.ends.day)}"
        cited: Cited = ending.ends
    else:
        until = "; no end announced for the next 12 months"
        cited = max(market.offers.values(), key=lambda offer: offer.as_of)
    said = f"{count} known ways to tune{until}"
    return _told(market, market.any_tuning_offer, said, cited)


def _told(
    market: Catalogue, value: bool | int | None, said: str, cited: Cited
) -> MarketValue:
    words = f"{said} ({market.sources(cited)[0].title})"
    return MarketValue(value=value, words=words, said=said, cited=cited)


_READERS = {
    "largest_window": _largest_window,
    "enforced_output": _enforced_output,
    "prompt_caching": _prompt_caching,
    "tokens_for_a_dollar": _tokens_for_a_dollar,
    "tuning_offered": _tuning_offered,
}
