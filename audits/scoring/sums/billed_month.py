"""What the calls of a month cost by list prices, beside the bill for them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from audits.landscape.token_prices import TokenPrices
from audits.scoring.costs.cost_drivers import Traffic
from audits.scoring.costs.cost_numbers import InputId
from audits.scoring.costs.prompt_costs import cached_share, prompt_per_month

_NEEDED: tuple[InputId, ...] = (
    "requests",
    "prefix_tokens",
    "variable_tokens",
    "output_tokens",
)
_CLOSE = Decimal("0.02")
_NONE, _ALL = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class BilledMonth:
    """A month's calls at list prices, in US dollars.

    `assumed` is the share of the repeated text that is read from the cache, where
    nobody entered it and it is assumed; `billed` is the share that gives the bill. None
    where nothing is assumed, or no share gives it.
    """

    month: Decimal
    assumed: Decimal | None
    billed: Decimal | None


def billed_month(
    given: Mapping[InputId, Decimal], bill: Decimal, prices: TokenPrices
) -> BilledMonth | None:
    """Return what a month's calls cost by list prices, as a plan prices them.

    Args:
        given: The numbers of the calls.
        bill: What they were billed, in US dollars.
        prices: Of their model.

    Returns:
        The month; None if a number of it is missing.

    Source: docs/method.md, formulas 1 to 3.
    """
    if not given.keys() >= {*_NEEDED}:
        return None
    traffic = Traffic(
        requests=given["requests"],
        prefix=int(given["prefix_tokens"]),
        variable=int(given["variable_tokens"]),
        output=int(given["output_tokens"]),
        cache_hit=given.get("cache_hit"),
    )
    month = prompt_per_month(traffic, prices)
    assumed = cached_share(traffic, prices) if traffic.cache_hit is None else None
    billed = _billed(traffic, bill, prices) if assumed is not None else None
    return BilledMonth(month=month, assumed=assumed, billed=billed)


def _billed(traffic: Traffic, bill: Decimal, prices: TokenPrices) -> Decimal | None:
    """Return the share of the repeated text from the cache that gives a bill."""
    most, least = (
        prompt_per_month(replace(traffic, cache_hit=share), prices)
        for share in (_NONE, _ALL)
    )
    # What is assumed of the cache saves, so that all of it from there costs less.
    if not least * (1 - _CLOSE) <= bill <= most * (1 + _CLOSE):
        return None
    share = (most - bill) / (most - least)
    return min(max(share, _NONE), _ALL)
