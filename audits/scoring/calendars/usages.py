"""What the requests of a technique cost: by their tokens, or by results of a test."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from audits.scoring.calendars.technique_costs import (
    BY_TOKENS,
    Usage,
    keep_documents,
    keep_examples,
)
from audits.scoring.costs.building_costs import embedded_documents, embedded_examples
from audits.scoring.costs.cost_inputs import Scenario
from audits.scoring.costs.cost_numbers import InputId, PricedTechnique

type UsageOf = Callable[[Scenario], Usage]


def _priced(technique: PricedTechnique, by_tokens: UsageOf) -> UsageOf:
    """Return what prices requests by their tokens, or by the results of what serves.

    A price by results is an average of one day, so it moves with each number as the
    bill of the plan does. If the model is that of the plan, it moves with its prices.

    Source: docs/method.md, formula 15.
    """

    @wraps(by_tokens)
    def usage(scenario: Scenario) -> Usage:
        found, inputs = by_tokens(scenario), scenario.inputs
        tested = inputs.by_results
        if tested is None or tested.technique != technique:
            return found
        day = scenario.day if tested.is_other else inputs.on
        plain = by_tokens(Scenario(inputs=inputs, day=day)).per_request
        is_same = not plain or found.per_request == plain
        call = tested.call if is_same else tested.call * found.per_request / plain
        return Usage(per_request=call, month=call * scenario.number("requests"))

    return usage


# Each raises UnpricedError if a number or a model is missing.
USAGES: Mapping[PricedTechnique, UsageOf] = {
    technique: _priced(technique, each) for technique, each in BY_TOKENS.items()
}

# Numbers that a part reads with all others of retrieval, and that never change it: if
# one of them moves, it is not priced again.
_OF_A_REQUEST: frozenset[InputId] = frozenset(
    {"chunks", "retrieved_examples", "chunk_tokens", "query_tokens", "rerank_price"}
)
_OF_THE_STORE: frozenset[InputId] = frozenset(
    {"corpus_tokens", "example_pool", "reembedded_share", "vector_store_month"}
)
# Examples do not change, so they are embedded once.
_OF_EXAMPLES: frozenset[InputId] = frozenset(
    {"example_tokens", "example_pool", "embedding_price"}
)
READ_IN_VAIN: Mapping[Callable[[Scenario], Any], frozenset[InputId]] = {
    USAGES["few_shot_retrieved"]: _OF_THE_STORE,
    USAGES["rag"]: _OF_THE_STORE | {"contextualising"},
    keep_examples: _OF_A_REQUEST | _OF_EXAMPLES,
    keep_documents: _OF_A_REQUEST | {"contextualising"},
    embedded_examples: _OF_A_REQUEST | {"vector_store_month"},
    embedded_documents: _OF_A_REQUEST | {"reembedded_share", "vector_store_month"},
}
