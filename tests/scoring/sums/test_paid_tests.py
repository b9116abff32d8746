"""What the tests that a decision pays for have to reach, by when, and what lacks."""

from dataclasses import replace
from decimal import Decimal

from audits.scoring.money.names.paid_training import may_be_paid
from audits.scoring.money.of_assessment import money_of
from audits.scoring.scored.candidates import Candidates
from audits.scoring.sums.asked.paid_tests import pass_mark_said, stated_first
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.costs.worked_moves import ENDS, MOVES
from tests.scoring.twelve_verdicts import ANSWERS

DUE = (
    " Results are due before 14 January 2027; if only the cheaper one fails, the board "
    "approves again by then."
)
UNTESTED = ANSWERS["few_shot"] | {"tried": ["nothing"]}
TUNED = {"today": "fine_tune_hosted", "tuned": "gpt-4o-mini"}


def test_target_is_the_pass_mark_of_a_move() -> None:
    found = assessed(MOVES, **ENDS)
    entered = replace(found, candidates=Candidates(target=Decimal("0.9")))

    money = money_of(found)

    assert pass_mark_said(entered, money) == f"Pass mark: 90 of 100 cases pass.{DUE}"


def test_target_that_nobody_entered_is_entered_or_set_first() -> None:
    found = assessed(MOVES, **ENDS)
    codes = {key: code for key, code in found.codes.items() if key != "quality_gap"}

    written = pass_mark_said(found, money_of(found))
    none = pass_mark_said(replace(found, codes=codes), money_of(found))

    assert written == (
        f"Pass mark: the team’s written target; the owner still has to enter it.{DUE}"
    )
    assert none == f"Pass mark: none yet; without one, no test can pass or fail.{DUE}"


def test_two_options_that_are_as_untested_have_one_without_a_day() -> None:
    found = assessed(UNTESTED, **TUNED)

    said = pass_mark_said(found, money_of(found))

    assert said.startswith("Pass mark: ")
    assert "due before" not in said
    assert pass_mark_said(found, None) == ""


def test_nothing_is_tested_once_a_plan_has_stopped() -> None:
    found = assessed(UNTESTED, **TUNED)
    money = money_of(found)
    assert money

    assert pass_mark_said(found, money)
    assert pass_mark_said(found, replace(money, state="stopped")) == ""


def test_owner_states_before_a_decision_what_it_lacks() -> None:
    found = assessed(UNTESTED, **TUNED)
    planned, runs = money_of(found, "planned"), money_of(assessed(MOVES, **ENDS))
    assert planned
    training = may_be_paid(planned)
    assert training

    assert stated_first(found, planned, "asked") == (
        f"whether the ${training:,.0f} for training has been paid, and the pass mark"
    )
    assert stated_first(assessed(MOVES, **ENDS), runs, "asked") == "the pass mark"


def test_owner_states_nothing_where_nothing_is_asked_or_all_is_known() -> None:
    found = assessed(UNTESTED, **TUNED)
    money = money_of(found, "planned")
    assert money
    entered = replace(found, candidates=Candidates(target=Decimal("0.9")))

    assert stated_first(found, money, "told") == ""
    assert stated_first(found, replace(money, state="stopped"), "asked") == ""
    assert stated_first(found, None, "asked") == ""
    known = replace(money, is_payment_known=True)
    assert stated_first(entered, known, "asked") == ""
