"""What is built once for a technique that trains nothing."""

from dataclasses import replace
from decimal import Decimal

import pytest

from audits.scoring.calendars.moving_costs import days_needed
from audits.scoring.costs.cost_inputs import Moving
from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.pricing.cost_plan import compare
from tests.scoring.costs.cost_cases import GIVEN, INPUTS

PLAN = compare(INPUTS)


@pytest.mark.parametrize(
    ("technique", "dollars"),
    [
        # 5 days of 800 for the prompt and 200 test cases at 1.50.
        ("prompt_smaller", "4300"),
        # The same and 20 examples at 1.50.
        ("few_shot", "4330"),
        # The same and 100 examples at 1.50, whose 350 tokens are embedded at 0.02
        # dollars for a million.
        ("few_shot_retrieved", "4450.0007"),
        # 10 days of 800, 200 test cases, and 150,000 tokens embedded.
        ("rag", "8300.003"),
    ],
)
def test_building_has_work_a_test_set_examples_and_embedding(
    technique: PricedTechnique, dollars: str
) -> None:
    price = PLAN.of(technique).price

    assert price is not None
    assert price.one_off == Decimal(dollars)


def test_documents_may_have_to_be_prepared_before_they_are_embedded() -> None:
    given = {**GIVEN, "contextualising": Decimal(500)}

    price = compare(replace(INPUTS, given=given)).of("rag").price

    assert price is not None
    assert price.one_off == Decimal("8800.003")


def test_move_takes_its_days_of_work_and_no_number_of_examples() -> None:
    move = Moving(to="few_shot", compared=("few_shot",))
    inputs = replace(
        INPUTS,
        given={
            **GIVEN,
            "choose_days": Decimal(2),
            "reprompt_days": Decimal(4),
            "reevaluate_days": Decimal(1),
            "parallel_weeks": Decimal(3),
        },
    )

    # 7 working days are 9.8 days, and both models run for 21.
    assert days_needed(move, inputs) == 31
