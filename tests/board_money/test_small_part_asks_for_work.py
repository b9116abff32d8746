"""A small part has no price, so the board is asked for the work before it."""

from dataclasses import replace

from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.cards.confirming import decision_said
from audits.scoring.money.of_assessment import money_of
from audits.scoring.summary.asked_sum import asked_sum
from audits.scoring.summary.plan import plan_of
from tests.scoring.cards.test_cheaper_ways import EXAMPLES, INVOICES, TODAY
from tests.scoring.costs.worked_decisions import GIVEN
from tests.scoring.scored.test_candidates import candidates
from tests.scoring.what_if.test_changes import DAY, inputs_of


def test_board_agrees_to_steps_with_their_price_and_to_no_unpriced_training() -> None:
    given = inputs_of(INVOICES, {"examples": "documented"}, **GIVEN)
    found = candidates(TODAY, EXAMPLES, target="0.95")
    assessment = assess_on(current(), replace(given, candidates=found), DAY)
    money = money_of(assessment)

    # Counsel 2 hours, agreement 8, a stronger model 8, examples for each input 24, and
    # 3 to show what is only asserted.
    work = "The steps before training take 45 hours, $4,500."
    assert decision_said(current(), assessment, money).startswith(
        "Agree to close the open checks, then decide on training one small part. "
        f"{work} The small part is not priced here (its labels, training and running). "
    )
    cards = plan_of(current(), assessment).first
    assert asked_sum(current(), assessment, money, cards) == work
