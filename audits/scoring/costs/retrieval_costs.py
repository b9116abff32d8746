"""What retrieval costs: longer requests, embeddings, a store."""

from decimal import Decimal

from audits.landscape.token_prices import TokenPrices
from audits.scoring.costs.cost_drivers import MILLION, Retrieval, Traffic
from audits.scoring.costs.prompt_costs import (
    prompt_per_request,
    with_retrieved_examples,
)


def rag_per_request(
    traffic: Traffic, prices: TokenPrices, retrieval: Retrieval
) -> Decimal:
    """Return the cost of one request with the passages it finds.

    A request that is sent again is embedded again; reranking is paid once.

    Args:
        traffic: The requests without what is found; the prefix is that of retrieval.
        prices: The model's prices.
        retrieval: What is looked up.

    Returns:
        Dollars for a request.

    Source: docs/method.md, formula 5.

    >>> from audits.landscape.token_prices import Rates
    >>> prices = TokenPrices(rates=Rates(input=Decimal(5), output=Decimal(25)))
    >>> found = Retrieval(chunks=10, chunk_tokens=400, query_tokens=200,
    ...     corpus_tokens=150_000, embedding=Decimal("0.02"))
    >>> rag_per_request(Traffic(requests=Decimal(1), prefix=1500, variable=200,
    ...     output=400), prices, found)
    Decimal('0.038504')
    """
    longer = with_found(traffic, retrieval)
    query = retrieval.query_tokens * retrieval.embedding / MILLION
    answer = prompt_per_request(longer, prices)
    return answer + query * (1 + traffic.retries) + retrieval.rerank


def with_found(traffic: Traffic, retrieval: Retrieval) -> Traffic:
    """Return the traffic with what is found in every request.

    Args:
        traffic: The requests without what is found.
        retrieval: What is looked up.

    Source: docs/method.md, formula 5.
    """
    return with_retrieved_examples(traffic, retrieval.chunks, retrieval.chunk_tokens)


def rag_fixed_per_month(retrieval: Retrieval) -> Decimal:
    """Return what retrieval costs a month before the first request, without people.

    Args:
        retrieval: What is looked up, and where it is kept.

    Returns:
        Dollars a month: the store and embedding what changed.

    Source: docs/method.md, formula 5.

    >>> rag_fixed_per_month(Retrieval(chunks=10, chunk_tokens=400, query_tokens=200,
    ...     corpus_tokens=150_000, reembedded=Decimal("0.1"), store=Decimal(200),
    ...     embedding=Decimal("0.02")))
    Decimal('200.0003')
    """
    return retrieval.store + retrieval.reembedded * _embedding_all(retrieval)


def rag_one_off(retrieval: Retrieval) -> Decimal:
    """Return what it costs once to make the corpus searchable, without people.

    Args:
        retrieval: What is looked up, and where it is kept.

    Returns:
        Dollars, once.

    Source: docs/method.md, formula 5.

    >>> rag_one_off(Retrieval(chunks=10, chunk_tokens=400, query_tokens=200,
    ...     corpus_tokens=150_000, embedding=Decimal("0.02")))
    Decimal('0.003')
    """
    return _embedding_all(retrieval) + retrieval.contextualising


def rag_per_month(
    traffic: Traffic, prices: TokenPrices, retrieval: Retrieval
) -> Decimal:
    """Return what a month of requests with retrieval costs, without people.

    Args:
        traffic: The requests without what is found; the prefix is that of retrieval.
        prices: The model's prices.
        retrieval: What is looked up, and where it is kept.

    Returns:
        Dollars a month.

    Source: docs/method.md, formula 5.

    >>> from audits.landscape.token_prices import Rates
    >>> prices = TokenPrices(rates=Rates(input=Decimal(5), output=Decimal(25)))
    >>> found = Retrieval(chunks=10, chunk_tokens=400, query_tokens=200,
    ...     corpus_tokens=150_000, embedding=Decimal("0.02"), store=Decimal(200))
    >>> rag_per_month(Traffic(requests=Decimal(20_000), prefix=1500, variable=200,
    ...     output=400), prices, found)
    Decimal('970.080000')
    """
    usage = traffic.requests * rag_per_request(traffic, prices, retrieval)
    return usage + rag_fixed_per_month(retrieval)


def _embedding_all(retrieval: Retrieval) -> Decimal:
    return retrieval.corpus_tokens * retrieval.embedding / MILLION
