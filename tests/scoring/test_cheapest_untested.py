"""What costs less than an untested recommendation is named where a test settles it."""

from decimal import Decimal
from typing import Any

import pytest

from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.untested import cheapest_untested
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS

UNTESTED = {"tried": ["nothing"]}
FEW_SHOT = ANSWERS["few_shot"] | UNTESTED


def cheapest(
    answers: dict[str, Any], way: PricedTechnique, **numbers: str | None
) -> tuple[str, Decimal] | None:
    return cheapest_untested(assessed(answers, **numbers), way, ())


def test_prompt_that_is_no_less_tested_than_examples_is_named() -> None:
    found = cheapest(FEW_SHOT, "few_shot")

    assert found
    assert found[0] == "Prompt"


@pytest.mark.parametrize(
    ("answers", "way"),
    [
        (FEW_SHOT | {"regulatory": "not_settled"}, "few_shot"),
        (ANSWERS["distil"] | UNTESTED, "distil"),
        (ANSWERS["rag"] | UNTESTED, "rag"),
    ],
)
def test_nothing_is_named_beside_what_no_such_test_settles(
    answers: dict[str, Any], way: PricedTechnique
) -> None:
    assert cheapest(answers, way) is None


def test_nothing_is_named_without_a_price() -> None:
    assert cheapest(FEW_SHOT, "few_shot", requests=None) is None
