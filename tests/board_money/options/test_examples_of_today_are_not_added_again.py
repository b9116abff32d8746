"""What a call sends today has its examples, so nothing adds them to it again."""

from decimal import Decimal

import pytest

from audits.scoring.costs.cost_numbers import FEW_SHOT, PricedTechnique
from tests.scoring.costs.worked_decisions import assessed, price
from tests.scoring.twelve_verdicts import ANSWERS

SENT = Decimal("0.00604")  # what one call of today costs

PASSAGES = {"chunks": "10", "chunk_tokens": "400", "knowledge_tokens": "3000000"}


def bill(technique: PricedTechnique, **numbers: str) -> Decimal:
    found = price(assessed(ANSWERS["few_shot"], **numbers), technique)
    assert found.line is not None
    return found.line.per_request


@pytest.mark.parametrize("numbers", [{}, {"static_examples": "12"}])
def test_bill_of_examples_that_run_is_that_of_the_calls(
    numbers: dict[str, str],
) -> None:
    assert bill("few_shot", today="few_shot", **numbers) == SENT
    assert bill("few_shot", today="prompt", **numbers) > SENT


def test_examples_that_are_looked_up_today_are_in_the_calls_too() -> None:
    today = bill("few_shot_retrieved", today="few_shot_retrieved")

    # What is added to a call is only embedding its question.
    assert SENT <= today < SENT * Decimal("1.01")
    assert bill("few_shot_retrieved", today="few_shot") > today


@pytest.mark.parametrize("today", FEW_SHOT)
def test_what_is_asked_of_the_model_is_what_is_priced(today: PricedTechnique) -> None:
    with_more = bill(today, today=today, static_examples="50", retrieved_examples="20")

    assert with_more == bill(today, today=today)


def test_passages_of_retrieval_that_runs_are_in_calls_that_can_hold_them() -> None:
    """Ten passages of 400 tokens are in 6,500, and cannot be in 600."""
    shorter = {"prefix_tokens": "300", "variable_tokens": "300"}
    today = bill("rag", today="rag", **PASSAGES)

    assert SENT <= today < SENT * Decimal("1.01")
    assert bill("rag", today="prompt", **PASSAGES) > today
    short = bill("rag", today="rag", **PASSAGES, **shorter)
    assert short == bill("rag", today="prompt", **PASSAGES, **shorter)
