"""What a prompt costs: caching, price tiers, batches and worked examples."""

from decimal import Decimal
from functools import lru_cache

from audits.landscape.token_prices import Rates, TokenPrices
from audits.scoring.costs.cost_drivers import (
    CACHE_CAP,
    MILLION,
    MONTH_MINUTES,
    Traffic,
)


@lru_cache(maxsize=1024)
def cache_hit_from_traffic(
    requests: Decimal, minutes: Decimal, cap: Decimal = CACHE_CAP
) -> Decimal:
    """Return the share of prefixes found in the cache under even traffic.

    Args:
        requests: Requests a month.
        minutes: How long a prefix is kept after its last use.
        cap: The highest share to assume; real routing misses some hits.

    Returns:
        A share from 0 to `cap`.

    Source: docs/method.md, formula 3.

    >>> cache_hit_from_traffic(Decimal(10_000), Decimal(5)).quantize(Decimal("0.0001"))
    Decimal('0.6807')
    >>> cache_hit_from_traffic(Decimal(1_000_000), Decimal(5))
    Decimal('0.9')
    """
    return min(cap, 1 - (-requests / MONTH_MINUTES * minutes).exp())


def cache_pays_above(rates: Rates) -> Decimal | None:
    """Return the share of hits above which caching is cheaper than not caching.

    Args:
        rates: Dollars for a million tokens.

    Returns:
        The share; above 1 if even hits alone do not pay off. None without a rate for
        reading that is below the rate for writing.

    Source: docs/method.md, formula 3.

    >>> dollars = Rates(input=Decimal(2), output=Decimal(10),
    ...     cache_read=Decimal("0.1"), cache_write=Decimal("2.5"))
    >>> cache_pays_above(dollars).quantize(Decimal("0.0001"))
    Decimal('0.2083')
    """
    write = _write_rate(rates)
    if rates.cache_read is None or rates.cache_read >= write:
        return None
    return (write - rates.input) / (write - rates.cache_read)


def prefix_rate(traffic: Traffic, prices: TokenPrices) -> Decimal:
    """Return what a million tokens of the prefix cost after caching.

    Nothing is cached without a rate for it, below the provider's minimum, or if writing
    to the cache costs more than reading saves.

    Args:
        traffic: The requests and their tokens.
        prices: The model's prices.

    Returns:
        Dollars for a million tokens of the prefix, never above the input rate.

    Source: docs/method.md, formulas 1 to 3.

    >>> prices = TokenPrices(cache_minimum=1024, rates=Rates(input=Decimal(2),
    ...     output=Decimal(10), cache_read=Decimal("0.1"), cache_write=Decimal("2.5")))
    >>> traffic = Traffic(requests=Decimal(9), prefix=6000, variable=500, output=300,
    ...     cache_hit=Decimal("0.9"))
    >>> prefix_rate(traffic, prices), prefix_rate(traffic.longer(prefix=-5901), prices)
    (Decimal('0.34'), Decimal('2'))
    """
    return _prefix_rate(traffic, prices, prices.for_input(traffic.input))


def _prefix_rate(traffic: Traffic, prices: TokenPrices, rates: Rates) -> Decimal:
    minimum = prices.cache_minimum
    if rates.cache_read is None or minimum is None or traffic.prefix < minimum:
        return rates.input
    hit = _hit(traffic)
    return min(rates.input, hit * rates.cache_read + (1 - hit) * _write_rate(rates))


def _hit(traffic: Traffic) -> Decimal:
    if traffic.cache_hit is not None:
        return traffic.cache_hit
    return cache_hit_from_traffic(
        traffic.requests, traffic.cache_minutes, traffic.cache_cap
    )


def cached_share(traffic: Traffic, prices: TokenPrices) -> Decimal | None:
    """Return the share of the prefix that is read from the cache.

    Args:
        traffic: The requests and their tokens.
        prices: The model's prices.

    Returns:
        A share from 0 to 1, as `prefix_rate` counts it; None if nothing is cached.

    Source: docs/method.md, formulas 1 to 3.

    >>> prices = TokenPrices(cache_minimum=1024, rates=Rates(input=Decimal(2),
    ...     output=Decimal(10), cache_read=Decimal("0.1"), cache_write=Decimal("2.5")))
    >>> traffic = Traffic(requests=Decimal(9), prefix=6000, variable=500, output=300,
    ...     cache_hit=Decimal("0.9"))
    >>> cached_share(traffic, prices)
    Decimal('0.9')
    >>> cached_share(traffic.longer(prefix=-5901), prices)
    """
    rates = prices.for_input(traffic.input)
    is_cached = _prefix_rate(traffic, prices, rates) < rates.input
    return _hit(traffic) if is_cached else None


def prefix_per_request(traffic: Traffic, prices: TokenPrices) -> Decimal:
    """Return what the repeated part of one request costs, retries and batch included.

    Args:
        traffic: The requests and their tokens.
        prices: The model's prices.

    Returns:
        Dollars for a request.

    Source: docs/method.md, formula 11.

    >>> prices = TokenPrices(rates=Rates(input=Decimal(2), output=Decimal(10)))
    >>> prefix_per_request(Traffic(requests=Decimal(1), prefix=6000, variable=500,
    ...     output=300), prices)
    Decimal('0.012')
    """
    tokens = traffic.prefix * prefix_rate(traffic, prices)
    return tokens / MILLION * _times(traffic, prices)


def prompt_per_request(traffic: Traffic, prices: TokenPrices) -> Decimal:
    """Return what one request costs, retries and batch included.

    The rates are those of the tier that the whole input reaches. A tuned model that is
    priced per token is priced by this formula too, at its own rates.

    Args:
        traffic: The requests and their tokens.
        prices: The model's prices.

    Returns:
        Dollars for a request.

    Source: docs/method.md, formulas 1, 2 and 6.

    >>> prices = TokenPrices(rates=Rates(input=Decimal(2), output=Decimal(10)))
    >>> prompt_per_request(Traffic(requests=Decimal(1), prefix=6000, variable=500,
    ...     output=300), prices)
    Decimal('0.016')
    """
    rates = prices.for_input(traffic.input)
    rest = traffic.variable * rates.input + traffic.output * rates.output
    tokens = traffic.prefix * _prefix_rate(traffic, prices, rates) + rest
    return tokens / MILLION * _times(traffic, prices)


def prompt_per_month(traffic: Traffic, prices: TokenPrices) -> Decimal:
    """Return what all requests of a month cost.

    Args:
        traffic: The requests and their tokens.
        prices: The model's prices.

    Returns:
        Dollars a month, without people.

    Source: docs/method.md, formula 1.

    >>> prices = TokenPrices(rates=Rates(input=Decimal(2), output=Decimal(10)))
    >>> prompt_per_month(Traffic(requests=Decimal(100_000), prefix=6000, variable=500,
    ...     output=300), prices)
    Decimal('1600.000')
    """
    return traffic.requests * prompt_per_request(traffic, prices)


def with_documents(traffic: Traffic, documents: int) -> Traffic:
    """Return the traffic with all documents in every prefix, which lacks them today.

    Args:
        traffic: The requests as they are sent today.
        documents: Tokens of all documents.

    Source: docs/method.md, formula 1.

    >>> plain = Traffic(requests=Decimal(1), prefix=3000, variable=142, output=449)
    >>> with_documents(plain, 180_000).prefix
    183000
    """
    return traffic.longer(prefix=documents)


def with_static_examples(traffic: Traffic, examples: int, tokens: int) -> Traffic:
    """Return the traffic with the same worked examples in every prefix.

    Args:
        traffic: The requests without examples.
        examples: How many examples.
        tokens: Tokens of one example.

    Source: docs/method.md, formula 4.

    >>> plain = Traffic(requests=Decimal(1), prefix=6000, variable=500, output=300)
    >>> with_static_examples(plain, 20, 350).prefix
    13000
    """
    return traffic.longer(prefix=examples * tokens)


def with_retrieved_examples(traffic: Traffic, examples: int, tokens: int) -> Traffic:
    """Return the traffic with other examples in every request, so never cached.

    Looking them up is priced as retrieval.

    Args:
        traffic: The requests without examples.
        examples: How many examples.
        tokens: Tokens of one example.

    Source: docs/method.md, formula 4.

    >>> plain = Traffic(requests=Decimal(1), prefix=6000, variable=500, output=300)
    >>> with_retrieved_examples(plain, 5, 350).variable
    2250
    """
    return traffic.longer(variable=examples * tokens)


def _write_rate(rates: Rates) -> Decimal:
    """A provider without a rate for writing charges the input rate."""
    return rates.input if rates.cache_write is None else rates.cache_write


def _times(traffic: Traffic, prices: TokenPrices) -> Decimal:
    """How many full prices a request pays: retries add, batches take off."""
    batched = Decimal(1) if prices.batch is None else prices.batch
    return (1 + traffic.retries) * (1 - traffic.batch * (1 - batched))
