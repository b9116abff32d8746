"""What doing nothing costs and means, where the current plan can go on or not."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from audits.frameworks.loading.loader import current, published
from audits.models import Cover
from audits.reports.page_one import page_one
from audits.scoring import Assessment
from audits.scoring.assess import assess
from audits.scoring.assess_on import assess_on
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.decision_words import further_note
from audits.scoring.inputs import Inputs, codes_of
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.over_time.changes import follows, takes_over
from audits.scoring.money.states import PLAN_STATES, PlanState
from audits.scoring.options.if_nothing import if_nothing
from audits.scoring.options.options import Choice, options
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from tests.examples import some_of
from tests.scoring.costs.worked_decisions import DAY, GIVEN, assessed
from tests.scoring.twelve_verdicts import ANSWERS

ENDS = {"tuned": "gpt-4o-mini"}


def nothing(verdict: str, **numbers: str) -> Choice:
    return options(current(), assessed(ANSWERS[verdict], **numbers))[-1]


def test_plan_that_is_ruled_out_says_why_and_that_it_continues() -> None:
    choice = nothing("fine_tune", today="few_shot")

    assert choice.name == "Do nothing: Few-shot"
    assert choice.why == "The plan goes on, though it missed the target"
    assert not choice.is_out


def test_plan_whose_model_ends_says_when() -> None:
    choice = nothing("few_shot", today="fine_tune_hosted", **ENDS)

    assert choice.why == "The plan goes on until its model retires on 14 January 2027"
    assert not choice.is_out


@pytest.mark.parametrize("state", ["running", "planned"])
@pytest.mark.parametrize("verdict", some_of([x for x in ANSWERS if x != "move"], 4))
def test_plan_whose_model_ends_goes_on_until_then_in_both_places(
    verdict: str, state: PlanState
) -> None:
    assessment = assessed(ANSWERS[verdict], today="fine_tune_hosted", **ENDS)
    money = money_of(assessment, state)
    if assessment.family == "move" or money is None or money.today is None:
        pytest.skip("what moves says it in words of its own")
    choice = options(current(), assessment, state)[-1]

    said = if_nothing(current(), assessment, money, state)

    until = "until its model retires on 14 January 2027"
    after = takes_over(money.today)
    trained = f"(it {until.removeprefix('until its model ')})"
    then = f", then {after}" if after else ""
    assert until in said or trained in said
    assert then in said
    assert f"${written(money.today.year.expected)}" in said
    assert after in follows(money.today)
    assert "Ruled out" not in choice.why
    if until not in choice.why:
        assert "what is recommended" in choice.why


def test_plan_that_may_go_on_continues() -> None:
    choice = nothing("rag", today="few_shot")

    assert choice.why == "The current plan goes on"


@pytest.mark.parametrize("today", ["prompt", "few_shot", "rag", "fine_tune_own"])
@pytest.mark.parametrize("verdict", some_of(ANSWERS, 4))
def test_doing_nothing_has_the_amount_of_the_current_plan(
    verdict: str, today: str
) -> None:
    assessment = assessed(ANSWERS[verdict], today=today)
    money = money_of(assessment)
    choice = options(current(), assessment)[-1]

    assert choice.why
    assert choice.cost
    if money and money.today:
        year = money.today.year
        low, expected, high = (
            f"{x:,.0f}" for x in (year.low, year.expected, year.high)
        )
        assert choice.cost == f"{expected} ({low}–{high})"


def test_doing_nothing_without_a_plan_has_no_price() -> None:
    choice = nothing("rag")

    assert (choice.name, choice.cost) == ("Do nothing", "No price")


def test_tuned_model_that_has_to_move_goes_on_as_what_its_months_count() -> None:
    moved = assessed(ANSWERS["migrate"], today="fine_tune_hosted", **ENDS)
    money = money_of(moved)

    assert money
    assert money.today
    assert if_nothing(current(), moved, money) == (
        "The tuned model stops when GPT-4o mini retires on 14 January 2027. Then a "
        "prompt on the replacement model takes over. It is not shown to do as well, "
        "and costs $5,600 once and $783 a month. The 12 months cost "
        f"${written(money.today.year.expected)}."
    )
    assert (
        "At risk if nobody moves it: how well the service answers from 14 January 2027."
    ) in further_note(moved, money)


def test_what_a_model_that_ends_is_moved_to_is_not_paid_back_against_it() -> None:
    moved = assessed(ANSWERS["migrate"], today="fine_tune_hosted", **ENDS)
    money = money_of(moved)
    assert money is not None

    assert money.payback_months is None
    assert "paid back" not in money.note
    assert "never exceeds" not in money.note


def test_tuned_model_that_moves_without_a_known_day_may_end() -> None:
    moved = assessed(ANSWERS["migrate"], today="fine_tune_own")

    assert if_nothing(current(), moved) == (
        "The tuned model goes on; it must be moved before its base model retires (end "
        "date not entered)."
    )


PROMPT = ScoredCandidate(
    id="c1", kind="prompt", cases=40, passed=26, sha256="f" * 64, day=DAY
)


def with_result(
    answers: Mapping[str, Any], *rows: ScoredCandidate, today: str = "prompt"
) -> Assessment:
    inputs = Inputs(
        codes=codes_of(dict(answers)),
        numbers=GIVEN | {"today": today, "requests": "9000"},
        candidates=Candidates(rows=rows, target=Decimal("0.9")),
    )
    return assess_on(current(), inputs, DAY)


def test_calls_that_stay_wrong_are_counted_from_the_score_of_what_runs() -> None:
    found = with_result(ANSWERS["few_shot"], PROMPT)

    said = if_nothing(current(), found, money_of(found), "running")
    assert said.startswith("“Prompt” goes on and costs $")
    assert said.endswith(
        " over 12 months; 35 of 100 answers stay wrong, about 3,150 (1,990 to 4,540) "
        "calls a month."
    )
    # Page 1 says it beside the sum, where its line has no room for both.
    wrong = "35 of 100 answers stay wrong, about 3,150 (1,990 to 4,540) calls a month."
    assert page_one(current(), found, Cover(), "Triage").stays_wrong == wrong
    written = page_one(current(), found, Cover(if_nothing="It waits."), "Triage")
    assert written.stays_wrong == ""
    # What does not run yet is wrong for nobody, and two models are no one score.
    assert "stay wrong" not in if_nothing(current(), found, None, "planned")
    two = with_result(
        ANSWERS["few_shot"], PROMPT, replace(PROMPT, id="c2", model="b", passed=30)
    )
    assert "stay wrong" not in if_nothing(current(), two)


def test_current_prompt_is_what_runs_whatever_its_technique_and_its_variants() -> None:
    variant = replace(PROMPT, id="c2", kind="examples", passed=36)

    found = with_result(ANSWERS["rag"], PROMPT, variant, today="few_shot")
    assert "; 35 of 100 answers stay wrong" in if_nothing(current(), found)
    # A variant alone says what examples scored, which is what runs.
    alone = with_result(ANSWERS["rag"], variant, today="few_shot")
    assert "; 10 of 100 answers stay wrong" in if_nothing(current(), alone)


def test_what_goes_on_is_no_warning_where_it_is_the_advice() -> None:
    met = dict(ANSWERS["rag"]) | {"quality_gap": "met", "tried": ["hybrid"]}
    kept = assessed(met, today="rag")
    assert kept.advice is not None
    assert kept.advice.step.id == "keep"

    said = if_nothing(current(), kept, money_of(kept))
    assert said.startswith("That is the advice: “Retrieval” goes on and costs $")
    assert options(current(), kept)[-1].why == "This is what is recommended"
    # What was tested does not run, so to do nothing is something else.
    assert "advised" not in if_nothing(current(), assessed(met, today="prompt"))


def test_retrieval_that_is_to_be_improved_is_no_advice_to_do_nothing() -> None:
    assert nothing("rag", today="rag").why == (
        "It goes on as it is, without what is recommended"
    )


@pytest.mark.parametrize("state", PLAN_STATES)
@pytest.mark.parametrize("verdict", some_of(ANSWERS, 4))
def test_nobody_who_entered_nothing_is_told_what_they_pay_for(
    verdict: str, state: PlanState
) -> None:
    found = assessed(ANSWERS[verdict])
    said = if_nothing(current(), found, money_of(found, state), state)

    assert " may " not in said
    assert "label" not in said
    assert "We " not in said


def test_first_version_says_what_goes_on_and_no_more() -> None:
    first = published("fine_tuning", 1)
    found = assess(first, {"goal": "style", "tried": "nothing"})

    assert if_nothing(first, found) == (
        "It goes on as it is today; nobody entered what that costs."
    )


def test_nobody_is_said_to_have_entered_nothing_beside_a_model_and_its_calls() -> None:
    found = assessed(ANSWERS["rag"])
    entered = {"model": "gpt-5", "requests": "48500"}

    said = if_nothing(current(), replace(found, numbers=entered), None, "planned")

    stays = "Nothing changes; nobody entered what that costs."
    assert said.startswith(stays)
    nothing_entered = replace(found, numbers={})
    assert "nobody entered a plan" in if_nothing(
        current(), nothing_entered, None, "planned"
    )


def test_prompt_whose_model_retires_goes_on_only_until_then() -> None:
    given = {"today": "prompt", "model": "gpt-4.1", "requests": "9000"}
    found = assessed(ANSWERS["few_shot"], **given)
    money = money_of(found)
    assert money
    assert money.today
    end = next(x for x in money.today.calendar.events if x.kind == "end")

    said = if_nothing(current(), found, money)

    until = f"only until {end.model} retires on {in_words(end.day)}, "
    moves = f"then moves to {end.successor}: $"
    assert said.startswith(f"“Prompt” goes on {until}{moves}")
    lasting = assessed(ANSWERS["few_shot"], today="prompt")
    assert "only until" not in if_nothing(current(), lasting, money_of(lasting))
