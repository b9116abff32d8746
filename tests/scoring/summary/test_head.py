"""Below a headline stand the sums and why, in about three lines; the rest is kept."""

from datetime import date

import pytest

from audits.scoring.assess_on import assess_on
from audits.scoring.inputs import Inputs
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.states import PlanState
from audits.scoring.summary.head import head_of
from tests.scoring.what_if.test_changes import CASES, FRAMEWORK, TRAINING

DAY = date(2026, 11, 24)


@pytest.mark.parametrize("state", ["running", "planned", "stopped"])
@pytest.mark.parametrize("inputs", [TRAINING, *CASES[:6]])
def test_both_sums_stand_first_and_no_sentence_is_lost(
    inputs: Inputs, state: PlanState
) -> None:
    assessment = assess_on(FRAMEWORK, inputs, DAY)
    money = money_of(assessment, state)
    assert money is not None

    head = head_of(assessment.lead, money)

    assert " ".join(filter(None, (head.why, head.rest))) == assessment.lead
    assert head.why.endswith(".")
    assert len(head.why) <= max(190, len(assessment.lead.partition(". ")[0]) + 1)
    rows = {row for row in (money.picked, money.today) if row}
    for row in rows:
        assert f"${row.year.expected:,.0f}" in head.sums


def test_lead_of_one_sentence_stands_without_sums_where_nothing_has_a_price() -> None:
    head = head_of("Nothing is known yet.", None)

    assert (head.sums, head.why, head.rest) == ("", "Nothing is known yet.", "")


def test_name_with_a_point_ends_no_sentence() -> None:
    lead = "GPT-4.1 mini passes, e.g. in one of 2.5 tests. " + "It is fast. " * 30

    head = head_of(lead.strip(), None)

    assert head.why.startswith("GPT-4.1 mini passes, e.g. in one of 2.5 tests. It is")
    assert head.rest.startswith("It is fast.")
