"""What the tokens of a month cost at list prices, exactly.

Amounts are fractions here, so that two ways to the same amount give the same amount:
a share of tokens times a price has no last digit as a Decimal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from audits.landscape.token_prices import Rates, TokenPrices
from audits.scoring.costs.cost_drivers import MILLION, Traffic
from audits.scoring.costs.prompt_costs import cached_share

_ZERO, _ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceDays:
    """The list prices of a model on some days of a month, one after the other."""

    days: int
    prices: TokenPrices


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthTokens:
    """The tokens of a month, of all requests together; None where nobody knows.

    `cached` of `input` are read from the cache, `written` of it are written to it.
    """

    requests: Fraction | None
    input: Fraction | None
    cached: Fraction | None
    written: Fraction | None
    output: Fraction | None


def said_requests(traffic: Traffic) -> Fraction:
    """Return the requests of a month; those that are sent again are requests, too."""
    return Fraction(traffic.requests) * (1 + Fraction(traffic.retries))


def said_tokens(
    traffic: Traffic, prices: TokenPrices, requests: Fraction
) -> MonthTokens:
    """Return the tokens of some requests as formula 1 of docs/method.md assumes them.

    What repeats is read from the cache or written to it, unless caching does not pay.

    Args:
        traffic: The requests that were said; their share of cache hits is kept.
        prices: The prices that were said.
        requests: How many requests there are.
    """
    hit = cached_share(traffic, prices)
    read = _ZERO if hit is None else traffic.prefix * Fraction(hit)
    return MonthTokens(
        requests=requests,
        input=requests * traffic.input,
        cached=requests * read,
        written=_ZERO if hit is None else requests * (traffic.prefix - read),
        output=requests * traffic.output,
    )


def seen_tokens(
    requests: int | None,
    input_tokens: int | None,
    cached_tokens: int | None,
    output_tokens: int | None,
    *,
    prefix: int,
) -> MonthTokens:
    """Return the tokens of a month that a usage file says.

    No file says how much was written to the cache: if any of a month was read from it,
    what of the repeated text was not read is taken as written.

    Args:
        requests: Requests of the month.
        input_tokens: Tokens of all input, read from the cache or not.
        cached_tokens: Those that were read from it.
        output_tokens: Tokens of all answers.
        prefix: Tokens that repeat in every request, as the paper has them.
    """
    written = _ZERO if cached_tokens == 0 else None
    if cached_tokens and requests is not None and input_tokens is not None:
        repeated = max(prefix * requests - cached_tokens, 0)
        written = Fraction(max(min(repeated, input_tokens - cached_tokens), 0))
    return MonthTokens(
        requests=_exact(requests),
        input=_exact(input_tokens),
        cached=_exact(cached_tokens),
        written=written,
        output=_exact(output_tokens),
    )


def token_cost(
    tokens: MonthTokens, prices: TokenPrices, batch: Fraction = _ZERO
) -> Fraction | None:
    """Return what the tokens of a month cost.

    Args:
        tokens: The tokens.
        prices: The prices of their model.
        batch: The share of requests that pays the batch price.

    Returns:
        US dollars; None where a number is not known that the price depends on.

    Source: docs/method.md, formulas 1 and 2.
    """
    rates = _rates(tokens, prices)
    if rates is None or tokens.input is None or tokens.output is None:
        return None
    plain = Fraction(rates.input)
    total = tokens.input * plain + tokens.output * Fraction(rates.output)
    for part, rate in (
        (tokens.cached, rates.cache_read),
        (tokens.written, rates.cache_write),
    ):
        more = _ZERO if rate is None else Fraction(rate) - plain
        if not more:
            continue
        if part is None:
            return None
        total += part * more
    batched = _ONE if prices.batch is None else Fraction(prices.batch)
    return total / Fraction(MILLION) * (1 - batch * (1 - batched))


def cost_by_days(
    tokens: MonthTokens, days: Sequence[PriceDays], batch: Fraction = _ZERO
) -> Fraction | None:
    """Return what the tokens of a month cost where prices change within it.

    The tokens are spread evenly over its days, as in formula 13 of docs/method.md.

    Args:
        tokens: The tokens.
        days: The prices of all its days; none where they are not known.
        batch: The share of requests that pays the batch price.
    """
    total = _ZERO
    for each in days:
        cost = token_cost(tokens, each.prices, batch)
        if cost is None:
            return None
        total += each.days * cost
    return total / sum(each.days for each in days) if days else None


def _rates(tokens: MonthTokens, prices: TokenPrices) -> Rates | None:
    """Return the rates that a request of average length pays."""
    if not prices.tiers:
        return prices.rates
    if tokens.requests is None or tokens.input is None:
        return None
    if not tokens.requests:
        return prices.rates
    # A part of a token is over a limit, too.
    return prices.for_input(-int(-tokens.input // tokens.requests))


def _exact(number: int | None) -> Fraction | None:
    return None if number is None else Fraction(number)
