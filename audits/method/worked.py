"""One worked number for each cost formula, computed as plans are."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from audits.landscape.token_prices import Rates, TokenPrices
from audits.scoring.calendars.break_even import CostLine, assess_prefix, break_even
from audits.scoring.costs.cost_drivers import Hosting, People, Retrieval, Traffic
from audits.scoring.costs.prompt_costs import (
    cache_hit_from_traffic,
    prefix_per_request,
    prompt_per_month,
    prompt_per_request,
    with_static_examples,
)
from audits.scoring.costs.retrieval_costs import rag_per_month
from audits.scoring.costs.rounding import unit_price
from audits.scoring.costs.training_costs import (
    amortised_per_month,
    hosting_per_month,
    people_per_month,
)

_TRAFFIC = Traffic(
    requests=Decimal(100_000),
    prefix=6000,
    variable=500,
    output=300,
    cache_hit=Decimal("0.9"),
)
_RATES = Rates(
    input=Decimal(2),
    output=Decimal(10),
    cache_read=Decimal("0.1"),
    cache_write=Decimal("2.5"),
)
_PRICES = TokenPrices(rates=_RATES, cache_minimum=1024)
_GPUS = Hosting(hourly=Decimal("2.95"), count=Decimal(2))
_PEOPLE = People(share=Decimal("0.25"), yearly=Decimal(180_000))
_SEARCH = Retrieval(
    chunks=10,
    chunk_tokens=400,
    query_tokens=200,
    corpus_tokens=150_000,
    embedding=Decimal("0.02"),
    reembedded=Decimal("0.1"),
    store=Decimal(200),
)
_EXAMPLES, _EXAMPLE_TOKENS = 20, 350
_TRAINING, _LIFE = Decimal(12_000), Decimal(6)
_FEW, _MINUTES = Decimal(10_000), Decimal(5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """What is given, and what comes out, each with its unit."""

    given: str
    result: str


def _calls(traffic: Traffic) -> str:
    return (
        f"{traffic.requests:,} calls a month, each with {traffic.prefix:,} repeated "
        f"tokens, {traffic.variable:,} others and {traffic.output:,} of output"
    )


def _prompt() -> Worked:
    return Worked(
        given=f"{_calls(_TRAFFIC)}; {_TRAFFIC.cache_hit:.0%} of the repeated ones are "
        f"read from the cache; a million tokens cost {_price(_RATES.input)}, "
        f"{_price(_RATES.output)} as output, {_price(_RATES.cache_read)} from the "
        f"cache and {_price(_RATES.cache_write)} to write to it",
        result=_month(prompt_per_month(_TRAFFIC, _PRICES)),
    )


def _cache() -> Worked:
    hit = cache_hit_from_traffic(_FEW, _MINUTES)
    return Worked(
        given=f"{_FEW:,} calls a month, and a cache that keeps them {_MINUTES} minutes",
        result=f"{hit:.1%} of the repeated prompts are read from the cache",
    )


def _examples() -> Worked:
    more = with_static_examples(_TRAFFIC, _EXAMPLES, _EXAMPLE_TOKENS)
    return Worked(
        given=f"the same with {_EXAMPLES} examples of {_EXAMPLE_TOKENS} tokens, "
        "the same ones in each call",
        result=_month(prompt_per_month(more, _PRICES)),
    )


def _retrieval() -> Worked:
    short = replace(_TRAFFIC, prefix=1500)
    return Worked(
        given=f"the same with {short.prefix:,} repeated tokens and {_SEARCH.chunks} "
        f"passages of {_SEARCH.chunk_tokens} tokens; a search index for "
        f"${_SEARCH.store} a month; an embedder at {_price(_SEARCH.embedding)} for a "
        f"million tokens reads the {_SEARCH.query_tokens} tokens of each question",
        result=_month(rag_per_month(short, _PRICES, _SEARCH)),
    )


def _machines() -> Worked:
    return Worked(
        given=f"{_GPUS.count} GPUs at ${_GPUS.hourly} an hour",
        result=_month(hosting_per_month(_GPUS)),
    )


def _people() -> Worked:
    return Worked(
        given=f"{_PEOPLE.share:.0%} of a person who costs ${_PEOPLE.yearly:,} a year",
        result=_month(people_per_month(_PEOPLE)),
    )


def _once() -> Worked:
    return Worked(
        given=f"a training of ${_TRAINING:,} that lasts {_LIFE} months",
        result=_month(amortised_per_month(_TRAINING, _LIFE)),
    )


def _fixed() -> Decimal:
    once = amortised_per_month(_TRAINING, _LIFE)
    return hosting_per_month(_GPUS) + people_per_month(_PEOPLE) + once


def _break_even() -> Worked:
    found = break_even(
        CostLine(fixed=Decimal(0), per_request=prompt_per_request(_TRAFFIC, _PRICES)),
        CostLine(fixed=_fixed(), per_request=Decimal(0)),
    )
    return Worked(
        given=f"these machines, people and training cost {_dollars(_fixed())} a month",
        result=f"from {found:,} calls a month on, the trained model costs no more than "
        "the prompt above",
    )


def _prefix() -> Worked:
    each = prefix_per_request(_TRAFFIC, _PRICES)
    found = assess_prefix(_TRAFFIC.requests, each, _fixed())
    word = "may pay" if found.can_pay else "does not pay"
    return Worked(
        given=f"the repeated tokens of the prompt above cost {_month(found.month)}, "
        f"the trained model {_month(found.fixed)}",
        result=f"at {_TRAFFIC.requests:,} calls a month, leaving them out {word}",
    )


def _price(rate: Decimal | None) -> str:
    return f"${unit_price(rate or Decimal(0))}"


def _month(amount: Decimal) -> str:
    return f"{_dollars(amount)} a month"


def _dollars(amount: Decimal) -> str:
    return f"${amount:,.2f}"


_BY_FORMULA: dict[str, Callable[[], Worked]] = {
    "1": _prompt,
    "3": _cache,
    "4": _examples,
    "5": _retrieval,
    "7": _machines,
    "8": _once,
    "9": _people,
    "10": _break_even,
    "11": _prefix,
}


def worked(formula: str) -> Worked:
    """Return the worked number of a formula, by its number in docs/method.md."""
    return _BY_FORMULA[formula]()
