"""A model that retires soon is said first, and on page 1 beside what is written."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest

from audits.scoring.history.end_steps import end_steps
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.states import PlanState
from audits.scoring.options.ends import ends_said, model_ends
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.costs.worked_moves import ENDS, MOVES
from tests.scoring.twelve_verdicts import ANSWERS

LIVE: Mapping[str, str] = MappingProxyType(
    {
        "today": "prompt",
        "model": "gpt-4.1",
        "requests": "9000",
        "prefix_tokens": "6000",
        "variable_tokens": "1500",
        "output_tokens": "400",
    }
)
MET = ANSWERS["prompt_long_context"]
SAID = (
    "GPT-4.1 retires on 14 January 2027; “Prompt” then moves to GPT-6 Luna for $5,600 "
    "once."
)


def test_sentence_names_the_model_the_day_and_where_the_plan_moves() -> None:
    assert ends_said(money_of(assessed(MET, **LIVE))) == (SAID,)


def test_model_of_what_serves_until_a_new_one_is_ready_is_said() -> None:
    found = assessed(ANSWERS["fine_tune"], **LIVE, ready_months="3")

    assert ends_said(money_of(found)) == (
        "GPT-4.1 retires on 14 January 2027, before “Tuned open model” is ready; until "
        "then “Prompt” moves to GPT-6 Luna.",
    )


def test_nothing_is_said_of_a_model_that_goes_on_or_has_stopped() -> None:
    going_on = assessed(MET, **{**LIVE, "model": "gpt-6-luna"})

    assert ends_said(money_of(going_on)) == ()
    assert ends_said(None) == ()


@pytest.mark.parametrize(
    ("target", "mark"),
    [
        (None, "No fewer cases pass than with GPT-4.1"),
        (Decimal("0.9"), "90 of 100 cases pass"),
    ],
)
def test_end_of_what_goes_on_is_a_step_with_its_test(
    target: Decimal | None, mark: str
) -> None:
    [step] = end_steps(money_of(assessed(MET, **LIVE)), target)

    assert step.name == "Choose the successor of GPT-4.1 before 14 January 2027"
    assert step.work == (
        "$5,600 once (Choose a model: 2 days at $800; Rewrite the prompt: 3 days at "
        "$800; Test again: 2 days at $800)"
    )
    assert step.pass_mark == mark


def test_end_that_the_verdict_itself_replaces_or_moves_is_no_step_of_its_own() -> None:
    moving = money_of(assessed(MOVES, **ENDS))
    replaced = money_of(assessed(ANSWERS["stop_fine_tuning"], **ENDS))

    for money in (moving, replaced):
        assert money
        assert ends_said(money)
        assert end_steps(money, None) == ()
    assert end_steps(None, None) == ()


def test_work_that_is_paid_once_says_what_moves_and_why() -> None:
    found = money_of(assessed(MET, **LIVE))
    assert found

    assert (
        "Moving “Prompt” to GPT-6 Luna on 14 January 2027, when GPT-4.1 retires, costs "
        "$5,600 once."
    ) in found.note


@pytest.mark.parametrize(
    ("answers", "numbers", "state", "is_moved"),
    [
        (ANSWERS["stop_fine_tuning"], ENDS, "planned", False),
        (ANSWERS["stop_fine_tuning"], ENDS, "running", True),
        (MOVES, ENDS, "running", True),
        (MET, LIVE, "planned", True),
    ],
)
def test_nobody_leads_a_move_of_a_plan_that_does_not_run_and_is_advised_against(
    answers: Mapping[str, Any],
    numbers: Mapping[str, str],
    state: PlanState,
    *,
    is_moved: bool,
) -> None:
    money = money_of(assessed(answers, **numbers), state)

    [end] = model_ends(money)

    assert end.is_moved is is_moved
    [said] = ends_said(money)
    if_ever = " This matters only if the current plan goes ahead."
    assert end.says == said + if_ever * (not is_moved)
