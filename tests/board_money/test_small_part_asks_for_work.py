"""A small part has no price, so the board is asked for the work before it."""

from dataclasses import replace

from audits.frameworks.loading.loader import current
from audits.results.first_action import first_action
from audits.scoring.assess_on import assess_on
from audits.scoring.cards.checks import work_before_part
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

    # Counsel 2 hours, agreement 8, a stronger model 8, examples for each input 24, an
    # automatic check 1, and 3 to show what is only asserted. One practice is in use at
    # most, and a part takes two: 2 practices of 15 days at $800.
    work = (
        "The steps before training take 46 hours, $4,600, and setting up 2 practices "
        "for running a model $24,000 ($12,000 to $24,000): $28,600 in all."
    )
    assert decision_said(current(), assessment, money).startswith(
        "Agree to close the open checks, then decide on training one small part. "
        f"{work} The small part is not priced here (its labels, training and running). "
    )
    cards = plan_of(current(), assessment).first
    assert asked_sum(current(), assessment, money, cards) == work
    # The steps that are listed, and what nothing shows, come to the same hours.
    assert assessment.advice
    listed = {question.id for card in cards for question in card.answers}
    shown = assessment.advice.unproven_answers
    assert listed.isdisjoint(("component", "task_shape"))
    assert sum(card.hours for card in cards) + len(shown) == 46


def test_check_that_no_step_closes_has_its_price_beside_it() -> None:
    given = inputs_of(INVOICES, {"examples": "documented"}, **GIVEN)
    found = candidates(TODAY, EXAMPLES, target="0.95")
    assessment = assess_on(current(), replace(given, candidates=found), DAY)

    first = first_action(current(), assessment, plan_of(current(), assessment).first)

    assert first
    assert "are in use (no step below, $24,000)" in first.names_parts


def test_practices_without_a_price_are_named_beside_the_ask() -> None:
    given = inputs_of(INVOICES, {"examples": "documented"}, engineer_day="800")
    found = candidates(TODAY, EXAMPLES, target="0.95")
    assessment = assess_on(current(), replace(given, candidates=found), DAY)

    assert work_before_part(current(), replace(assessment, costs=None)) == (
        "The steps before training take 46 hours, $4,600, without setting up 2 "
        "practices for running a model, which have no price."
    )


def test_two_practices_in_use_ask_for_no_more() -> None:
    answers = INVOICES | {"mlops": ["versioned", "suite"]}
    given = inputs_of(answers, {"examples": "documented"}, **GIVEN)
    found = candidates(TODAY, EXAMPLES, target="0.95")
    assessment = assess_on(current(), replace(given, candidates=found), DAY)

    assert "practice" not in work_before_part(current(), assessment)
