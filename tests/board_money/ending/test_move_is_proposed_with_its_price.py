"""A tuned model that ends is moved to something that a board can vote on."""

from dataclasses import replace

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring import Assessment
from audits.scoring.board.box_words import asked_in_box, sentences
from audits.scoring.board.limits.until_moved import until_moved
from audits.scoring.decision_words import (
    decision_words,
    further_note,
    money_brief,
    money_note,
)
from audits.scoring.money.measuring import measuring_cost
from audits.scoring.money.moves import amounts_of
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.words import Money
from audits.scoring.options.options import options
from audits.scoring.sentences.money_sentences import filled
from audits.scoring.sums.decision_rows import decision_row
from audits.scoring.sums.money_sums import Decided
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.costs.worked_moves import ENDS, MOVES, the_move
from tests.scoring.twelve_verdicts import ANSWERS

NAMED = {**ENDS, "successor": "gpt-oss-20b"}


def money_behind(found: Assessment) -> Money:
    money = money_of(found)
    assert money is not None
    return money


def test_decision_asks_for_what_can_be_voted_on() -> None:
    found = assessed(MOVES, **ENDS)

    assert decision_words(current(), found, money_of(found)) == (
        "Agree to move off the tuned model before its base model (GPT-4o mini) retires "
        "on 14 January 2027. The use case’s owner leads. This asks for about "
        "$38,441 ($31,945 to $56,849) over 12 months, tests included, instead of "
        "$20,068 for the current plan. Of the sum, $9,603 trains and tests a tuned "
        "Ministral 3 8B, for use only if “Few-shot” fails."
    )
    # 51 days are 1 21/31 months: 15,622 + 1.677 × 3,807 + 10.323 × 1,592.
    assert money_behind(found).parts == (
        "Of the $38,441 to approve, $15,622 is paid now, to test “Few-shot” and a "
        "tuned Ministral 3 8B on the same cases and run one beside the old model, and "
        "$3,715 more is for the old model until 14 January 2027; the advice costs "
        "$18,373 more than the current plan; if only a tuned Ministral 3 8B passes, it "
        "is $130,312 in all, $91,871 of it after a second approval."
    )
    assert "the tuned model costs" not in money_note(found, money_of(found))


def test_move_to_what_passed_asks_for_its_sum_and_says_what_it_leaves_out() -> None:
    passed = {"tried": ["examples", "stronger_model"], "passed": "examples"}
    tested = MOVES | passed | {"quality_gap": "met"}
    found = assessed(tested, **ENDS)
    said = decision_words(current(), found, money_of(found))

    # 3,807 × 12 / 52 is a week of the old model.
    week = "A week of both models adds about $880: the sum counts one at a time."
    assert week in money_note(found, money_of(found))
    assert week not in money_brief(found, money_of(found))
    # Page 1 says it of both: the old model runs until the new one has replaced it.
    assert until_moved(money_of(found)) == (
        "Not in the sum: the current plan until “Few-shot” replaces it, $3,807 a "
        "month, a week of it (about $880) with both."
    )
    for state in ("planned", "stopped"):
        assert until_moved(money_of(found, state)) == ""
    assert asked_in_box(said, money_behind(found).net).lead == (
        "Approve up to $23,434 over 12 months to move off the tuned model to examples "
        "in the prompt (“Few-shot”) before its base model (GPT-4o mini) retires on "
        "14 January 2027."
    )
    # Where it ends for less, its month is told beside that of the advice.
    cheap = money_behind(assessed(tested, **ENDS, requests="1000"))
    [later] = (x for x in sentences(cheap.caveats) if x.startswith("From 14 January"))
    assert later.startswith("From 14 January 2027, doing nothing costs $")
    assert "“Few-shot” $" in later


@pytest.mark.parametrize(
    "found",
    [
        assessed(MOVES, **ENDS),
        assessed(ANSWERS["gather_evidence"], today="fine_tune_own"),
        assessed(ANSWERS["stop_fine_tuning"], today="fine_tune_own"),
    ],
)
def test_paper_and_pack_say_alike_what_an_amount_leaves_out(found: Assessment) -> None:
    money, measuring = money_behind(found), measuring_cost(found)
    decided = Decided(
        name="Mail",
        family=found.family,
        money=money,
        state="running",
        measuring=measuring,
    )

    row = decision_row(decided)

    assert row.asked
    amount = f"${row.asked.expected:,.0f}"
    assert row.bound in ("in part", "")
    about = "about " if row.bound else ""
    assert f"This asks for {about}{amount} (" in money.asks


def test_what_is_proposed_is_called_so_in_the_options_as_in_the_amounts() -> None:
    found = assessed(MOVES, **ENDS)

    first, *_ = options(current(), found)

    assert money_behind(found).standing == "Proposed"
    assert first.why == "Proposed"


def test_volume_at_which_training_pays_is_not_that_of_what_is_left() -> None:
    money = money_behind(assessed(MOVES, **ENDS))

    assert money.today
    assert money.today.technique == "fine_tune_hosted"
    assert money.crossing is None or money.crossing.trained != money.today.technique


def test_successor_that_nobody_named_is_said_to_be_assumed() -> None:
    assumed, named = assessed(MOVES, **ENDS), assessed(MOVES, **NAMED)
    said = "Ministral 3 8B is assumed, the cheapest that can still be tuned then; the"

    assert said in further_note(assumed, money_behind(assumed))
    assert "is assumed" not in further_note(named, money_behind(named))
    assert "a tuned gpt-oss 20B" in money_note(named, money_of(named))


def test_successor_that_cannot_be_tuned_is_not_proposed() -> None:
    found = assessed(MOVES, **ENDS, successor="gpt-6-luna")
    move = the_move(found)

    assert not move.is_named
    assert move.successor
    assert move.successor.model == "Ministral 3 8B"


def test_move_without_a_successor_proposes_what_is_simpler() -> None:
    move = the_move(assessed(MOVES, **ENDS))
    alone = replace(move, candidates=move.candidates[:1])
    known = dict(amounts_of(alone, None))

    assert alone.successor is None
    assert "both" not in known
    assert filled((("None{no_successor}.", "Some."),), known) == "None."


def test_options_have_each_candidate_once_with_the_whole_move() -> None:
    found = assessed(MOVES, **ENDS)
    choices = options(current(), found)
    rows = {choice.name: choice for choice in choices}
    first, second = the_move(found).candidates

    assert choices[0].name == "Few-shot, with the move"
    assert rows["Few-shot, with the move"].cost.startswith("38,441 (")
    assert rows["Tuned open model"].cost.startswith("130,312 (")
    assert rows["Few-shot, move not counted"].why == (
        "Untested; the move adds tests and the old model until it retires: $15,007"
    )
    # Money and the options call it the same, and the move alone is what it costs.
    assert [choice.name for choice in choices].count("Tuned open model") == 1
    assert rows["Tuned open model"].why == "If only it passes: a tuned Ministral 3 8B"
    assert first.price.year.expected < second.price.year.expected


def test_options_beside_a_move_say_which_amount_they_are_compared_with() -> None:
    found = assessed(MOVES, **ENDS)
    rows = {choice.name: choice for choice in options(current(), found)}
    proposed = rows["Few-shot, with the move"].amount
    alone, varied = (
        rows["Few-shot, move not counted"].amount,
        rows["Few-shot by search"],
    )

    assert proposed
    assert alone
    assert varied.amount
    # It costs more than the same without the move, and less than what is proposed.
    assert alone < varied.amount < proposed
    for name in ("Few-shot by search", "Retrieval"):
        assert rows[name].why == (
            f"Not counting the move, costs no less than “Few-shot” (${alone:,.0f})"
        )
    for choice in rows.values():
        if choice.amount and choice.why.startswith("Costs less"):
            assert choice.amount < proposed
        assert not choice.why.endswith("costs no less")


def test_without_numbers_of_the_model_that_ends_something_is_proposed() -> None:
    found = assessed(MOVES)

    assert (
        "This proposes “Few-shot”, if it passes the same cases: $23,434"
        in decision_words(current(), found, money_of(found))
    )


def test_the_whole_move_is_what_is_compared_and_marked() -> None:
    money = money_behind(assessed(MOVES, **ENDS))

    assert money.message == (
        "The move to “Few-shot” costs 92% more than the current plan over 12 months"
    )
    assert money.picked == money.chosen
    assert money.advised is None
