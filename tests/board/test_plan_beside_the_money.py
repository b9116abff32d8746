"""The form for what is freed says what the plan costs, and what is above that."""

import pytest
from django_scopes import scope

from audits.board.plan import above_plan, plan_said
from audits.frameworks.loading.loader import current
from audits.models import Organization, PortfolioRow
from audits.scoring.board.follow_ups import Situation, asked_by
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.services.demo.sample import SLUG
from tests.casting import Cast
from tests.loaded_demo import SAMPLE
from tests.reports.packs.made_packs import add_decision, state_money


@pytest.mark.thorough
def test_plan_is_said_with_its_months_and_what_is_paid_once(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        audit = add_decision(cast.ours, "Quotes")
        unpriced = plan_said(audit)
        state_money(audit)
        said = plan_said(audit)

    assert unpriced == ""
    assert said.startswith("As signed, the plan costs $")
    assert " a month" in said
    assert "12 months cost $" in said
    assert " paid once, $" in said
    assert " of it for training." in said


@pytest.mark.once
@pytest.mark.usefixtures("db")
def test_amount_above_what_the_plan_costs_later_is_told() -> None:
    SAMPLE.put()
    with scope(organization=Organization.objects.get(slug=SLUG)):
        row = PortfolioRow.objects.get(name="Quote assistant")
        plan, month, later = plan_said(row.audit), row.spend, row.later_plan
        assert month is not None
        assert later is not None
        said = above_plan(row.audit, month, "USD")
        others = [
            above_plan(row.audit, later, "USD"),
            above_plan(row.audit, month, "EUR"),
            above_plan(row.audit, None, "USD"),
        ]

    assert row.spend_later_on
    day = in_words(row.spend_later_on)
    costs = f"from {day} the plan costs ${written(later)} a month"
    assert f"As signed, the plan costs ${written(month)} a month, and" in plan
    assert costs in said
    assert f"12 months of ${written(month)} are ${written(12 * month)}" in said
    assert others == ["", "", ""]


def test_model_that_is_kept_has_to_be_compared_as_the_board_agreed() -> None:
    [kept] = asked_by(Situation(family="keep", stage="live"))
    [answered, *others] = asked_by(
        Situation(family="keep", stage="live", offer="Lab Ltd")
    )
    [tuned] = asked_by(Situation(family="tune", stage="planned"))

    what = "the best simpler approach on the same cases"
    assert (kept.kind, kept.name) == ("done", f"Compare the tuned model with {what}")
    assert kept.done == f"Tuned model compared with {what}"
    assert what in current().verdicts["keep"].ask
    assert (answered.kind, others) == ("offer", [kept])
    assert tuned.done == "What was decided was done"
