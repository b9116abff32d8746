"""Retrieval indexes all documents that answers come from, where these are known."""

from decimal import Decimal

import pytest

from audits.scoring.assess_on import costs_on
from audits.scoring.costs.cost_numbers import InputId
from tests.scoring.letters import DAY, NUMBERS


def assumed_with(**numbers: str) -> tuple[InputId, ...]:
    costs = costs_on(NUMBERS | numbers, DAY)
    assert costs
    return costs.plan.of("rag").defaults


def up_front_with(**numbers: str) -> Decimal:
    priced = NUMBERS | {"rag_days": "0", "eval_cases": "0", "embedding_price": "1000"}
    costs = costs_on(priced | numbers, DAY)
    assert costs
    price = costs.plan.of("rag").price
    assert price
    return price.one_off


@pytest.mark.parametrize(
    ("numbers", "dollars"),
    [
        ({}, 150),
        ({"knowledge_tokens": "36000"}, 36),
        ({"knowledge_tokens": "0"}, 150),
        ({"knowledge_tokens": "36000", "corpus_tokens": "90000"}, 90),
    ],
    ids=["nothing is known", "documents are", "there are none", "both are"],
)
def test_documents_that_are_entered_are_what_is_indexed(
    numbers: dict[str, str], dollars: int
) -> None:
    assert up_front_with(**numbers) == dollars


def test_what_follows_from_an_entered_number_is_not_assumed() -> None:
    assert "corpus_tokens" in assumed_with()
    assert "corpus_tokens" not in assumed_with(knowledge_tokens="36000")
