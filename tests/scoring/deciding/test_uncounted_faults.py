"""A fault that nobody counted can still change a verdict, as what nobody knows can."""

from dataclasses import replace
from typing import Any

from audits.frameworks.loading.loader import current
from audits.results.first_action import first_action
from audits.scoring.assess_on import assess_on
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import NO_CANDIDATES, Candidates
from audits.scoring.summary.plan import plan_of
from audits.scoring.summary.sureness import sureness
from audits.scoring.summary.to_training import to_training
from tests.scoring.scored.test_candidates import candidates, scored
from tests.scoring.what_if.test_changes import DAY, inputs_of

PLANNED: dict[str, Any] = {
    "goal": ["none_counted"],
    "state": "none",
    "tried": ["nothing"],
    "component": "extractor",
    "task_shape": "narrow_stable",
}
TESTED = candidates(scored("prompt", 24, 30))
STILL_OPEN = "Enough is asked, but 1 answer not known yet could change this"


def given(found: Candidates = NO_CANDIDATES, **answers: Any) -> Inputs:
    return replace(inputs_of(PLANNED | answers, {}), candidates=found)


def assessed(found: Candidates = NO_CANDIDATES, **answers: Any) -> Assessment:
    return assess_on(current(), given(found, **answers), DAY)


def outcomes_of_count(found: Candidates) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Where each fault leads, as the step to count them says."""
    plan = plan_of(current(), assessed(found), given(found))
    [card] = [x for x in plan.first if x.id == "goal"]
    return {
        result: (outcome.verdict, outcome.opens)
        for outcome in card.outcomes
        for result in outcome.results
    }


def test_nobody_has_counted_leaves_open_what_not_known_leaves_open() -> None:
    for found in (NO_CANDIDATES, TESTED):
        uncounted, unknown = assessed(found), assessed(found, goal="unknown")

        assert sureness(current(), uncounted).says_open == STILL_OPEN
        assert uncounted.completeness == unknown.completeness
        assert [x.question for x in uncounted.not_known] == ["goal"]


def test_counted_fault_is_known() -> None:
    found = assessed(TESTED, goal=["reasoning_agent"])

    assert found.verdict == "prompt_long_context"
    assert found.not_known == ()


def test_step_that_counts_faults_says_which_answers_then_decide() -> None:
    # With “Skill”, the verdict depends on the examples: it does not simply stay.
    opened = [x.question for x in assessed(TESTED, goal=["task_skill"]).open_questions]
    labels = tuple(current().question_by_id[each].label for each in opened)
    untested, tested = outcomes_of_count(NO_CANDIDATES), outcomes_of_count(TESTED)

    assert tested["Skill"] == ("prompt_long_context", labels)
    assert "Good examples" in tested["Skill"][1]
    assert "Good examples" in untested["Skill"][1]
    assert untested["Many steps"] == ("prompt_long_context", ())
    assert tested["Style"] == ("few_shot", ())


def test_step_of_the_advice_is_among_those_listed_and_none_is_said_to_be_idle() -> None:
    plan = plan_of(current(), assessed(), given())

    assert [card.id for card in plan.first] == ["set_target", "goal", "tried"]
    first = first_action(current(), assessed(), plan.first)
    assert first is not None
    assert first.title == (
        "First set the target and name what is wrong in ten answers, then write the "
        "instructions out and test them."
    )


def test_target_is_the_first_step_and_only_it_goes_once_it_is_there() -> None:
    target = replace(TESTED, rows=())
    without, with_it = (
        plan_of(current(), assessed(found), given(found))
        for found in (NO_CANDIDATES, target)
    )
    step, *after = without.first

    assert (step.name, step.hours, step.work) == (
        "Set the target",
        0,
        "A decision, no work",
    )
    assert [card.id for card in after] == [card.id for card in with_it.first]
    assert [card.id for card in without.others] == [card.id for card in with_it.others]
    assert without.takes.partition(" take ")[2] == with_it.takes.partition(" take ")[2]


def test_faults_are_named_in_the_cases_that_failed() -> None:
    found = {x.name for x in plan_of(current(), assessed(TESTED), given(TESTED)).first}

    assert "Name what is wrong in the 6 cases that failed" in found


def test_nothing_is_said_to_rule_training_out_while_faults_are_not_counted() -> None:
    for found in (NO_CANDIDATES, TESTED):
        assert to_training(current(), assessed(found)) is None
