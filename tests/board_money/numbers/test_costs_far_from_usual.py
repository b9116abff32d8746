"""Training is not simply approved where own costs are far from what is usual."""

from dataclasses import replace

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring import Assessment
from audits.scoring.costs.rounding import written
from audits.scoring.results_behind.approved_on import (
    AfterSignOff,
    approval_in_short,
    approved_on,
)
from tests.board_money.numbers.test_numbers_outside_usual_ranges import replaced

CHEAP = {
    "engineer_day": "1",
    "training_days": "0.1",
    "mlops_share_trained": "0.001",
    "fte_cost": "1",
    "gpu_hour": "0.001",
    "label_cost": "0.001",
}


def approved(found: Assessment) -> Assessment:
    assert found.advice
    advice = replace(
        found.advice, standing="approve", subject_to=(), unproven_answers=()
    )
    return replace(found, advice=advice)


def test_costs_outside_of_their_ranges_that_move_the_sum_are_a_condition() -> None:
    found = approved(replaced(**CHEAP))

    said = approved_on(current(), found)

    assert found.replaced
    [year, *_] = found.replaced.years
    assert said == (
        "Approve only if the costs entered are shown: with them, 12 months of “Tuned "
        f"open model” cost ${written(year.year)}; with Attune’s, "
        f"${written(year.usual_year)} (A4)."
    )
    assert approval_in_short(current(), found).startswith("Approve only if the costs")


@pytest.mark.parametrize("numbers", [{}, {"gpu_hour": "2.80"}, {"label_cost": "11"}])
def test_costs_that_move_little_are_no_condition(numbers: dict[str, str]) -> None:
    found = approved(replaced(**numbers))

    after = AfterSignOff(opened_by="Ines")
    said = approved_on(current(), found, after=after)
    assert said == "All checks for training pass: the board can approve it."
