"""A plan that no decision of a board ends goes on, or waits for its owner's choice."""

from dataclasses import replace
from decimal import Decimal

import pytest

from audits.reports.packs.said.plans_kept import plan_left
from audits.scoring.sums.decision_rows import DecisionRow, decision_row
from audits.scoring.sums.money_sums import Decided
from tests.scoring.costs.worked_decisions import money
from tests.scoring.twelve_verdicts import ANSWERS

LATER = ANSWERS["fine_tune_after_mlops"] | {"mlops": "partial"}


@pytest.fixture
def funded() -> DecisionRow:
    found = money(LATER, today="prompt")
    return decision_row(
        Decided(name="Reports", family="tune", money=found, state=found.state)
    )


def test_plan_beside_getting_ready_goes_on_only_if_its_owner_chooses(
    funded: DecisionRow,
) -> None:
    assert funded.goes_on
    year = funded.goes_on.expected

    assert plan_left([funded]) == (
        "Its current plan goes on only if its owner chooses so."
    )
    assert plan_left([funded], year) == (
        "$16,248 of “Reports” goes on only if its owner chooses so."
    )
    assert plan_left([funded, funded], 2 * year).endswith("its owners choose so.")
    assert plan_left([]) == ""


def test_plan_that_is_kept_goes_on(funded: DecisionRow) -> None:
    kept = replace(funded, is_chosen=False)

    assert plan_left([kept]) == "Its current plan goes on."
    assert (
        plan_left([kept], Decimal(16_248)) == "$16,248 of “Reports” goes on as it is."
    )
    assert plan_left([kept, funded], Decimal(32_496)) == (
        "$32,496 goes on as it is, $16,248 of it only if its owner chooses so."
    )
