"""After a test that was passed come three steps: roll out, check, look again."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from audits.frameworks.loading.loader import current
from audits.scoring.board.rollout import rollout, rollout_steps
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.states import PlanState
from tests.scoring.costs.worked_decisions import assessed as decided
from tests.scoring.twelve_verdicts import ANSWERS

MET = ANSWERS["few_shot"] | {"quality_gap": "met", "passed": "examples"}


def assessed(answers: dict[str, Any]) -> Assessment:
    return replace(decided(answers), provisional=None)


def names(state: PlanState) -> list[str]:
    found = assessed(MET)
    steps = rollout_steps(found, state=state, owner="Tom", target=Decimal("0.9"))
    return [step.name for step in steps]


def test_what_passed_is_rolled_out_checked_and_looked_at_again() -> None:
    last = ["Check answers from live use", "Look again on the day of the review"]

    assert names("planned") == ["Put “Few-shot” into service", *last]
    assert names("running") == ["Replace what runs today by “Few-shot”", *last]
    assert names("stopped") == []


def test_each_step_says_who_and_the_check_has_the_mark_of_the_test() -> None:
    found = assessed(MET)
    put, check, look = rollout_steps(
        found, state="planned", owner="Tom", target=Decimal("0.9")
    )

    assert (put.who, check.who, look.who) == (
        "Tom",
        "A colleague of Tom who did not build it",
        "Tom",
    )
    assert (put.pass_mark, check.pass_mark) == ("", "90 of 100 cases pass")
    without = rollout_steps(found, state="planned", owner="Tom")
    assert [step.pass_mark for step in without] == ["", "", ""], "no invented mark"


def test_what_was_not_shown_to_meet_the_target_is_not_rolled_out() -> None:
    assert not rollout_steps(
        assessed(ANSWERS["few_shot"] | {"quality_gap": "large"}),
        state="planned",
        owner="Tom",
    )
    trained = replace(assessed(MET), family="tune")
    assert not rollout_steps(trained, state="planned", owner="Tom")


def test_file_speaks_of_what_the_framework_has() -> None:
    framework, data = current(), rollout()
    [question] = [x for x in framework.questions if x.id == data.met.question]

    assert {*data.met.answers} <= {option.id for option in question.options}
    assert {*data.families} <= {*framework.urgency}
