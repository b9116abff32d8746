"""Where faults lead to different steps, the result says which of them it leaves."""

from typing import Any

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.cards.faults import SORT_FAULTS, by_fault, left_in_short
from audits.scoring.inputs import Inputs
from audits.scoring.results_behind.failed_cases import failed_cases
from audits.scoring.summary.first_steps import first_steps
from audits.scoring.summary.plan import first_step_words, plan_of
from tests.scoring.letters import DAY, letters, scored
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS

# Letters to tenants: the handbook is in the prompt, 11 of 80 drafts are still wrong.
LETTERS: dict[str, Any] = {
    "goal": ["knowledge", "style"],
    "tried": ["instructions", "in_prompt"],
    "knowledge_size": "small",
    "change_rate": "quarterly",
}
TESTED = scored("documents", 69, 80)


def of(*goal: str, **more: Any) -> Any:
    return letters(TESTED, answers=LETTERS | {"goal": list(goal)} | more)


def test_result_says_for_which_fault_its_step_is_and_which_it_leaves() -> None:
    assessment = of("knowledge", "style")

    found = by_fault(current(), assessment)

    assert found
    assert found.own == ("Facts",)
    [left] = found.left
    alone = of("style")
    assert (left.name, left.verdict) == ("Style", alone.verdict)
    assert left.step == alone.advice.step.says
    assert plan_of(current(), assessment).leaves == (
        "This advice is for “Facts”. It leaves “Style”. For “Style” alone: "
        f"{left.step} ({left.verdict_name})."
    )


def test_first_step_sorts_the_cases_that_failed_and_has_a_price() -> None:
    assessment = of("knowledge", "style")
    plan = plan_of(current(), assessment)

    step = first_steps(assessment, plan.first)[0]

    assert step.card.id == SORT_FAULTS
    assert step.card.name == "Sort the 11 cases that failed by fault"
    assert step.card.hours == 1
    assert step.card.cost.price.startswith("$100")
    assert "” would lead to “few-shot”; other results keep the verdict." in step.then
    assert [each.id for each in step.card.by_hand] == ["goal"]
    assert step.card.waiting == ""


def test_cases_that_were_sorted_are_not_sorted_again() -> None:
    answers = LETTERS | {"goal": ["knowledge", "style"]}
    asked = letters(TESTED, answers=answers, levels={"goal": "documented"})
    done = letters(TESTED, answers=answers, levels={"goal": "measured"})

    before, after = plan_of(current(), asked), plan_of(current(), done)

    assert first_step_words(current(), asked).startswith("sort the 11 cases")
    assert SORT_FAULTS not in [card.id for card in after.cards]
    assert "sort the 11 cases" not in first_step_words(current(), done)
    # What the advice leaves stays said.
    assert after.leaves == before.leaves


@pytest.mark.parametrize(
    ("goal", "passed"),
    [
        (("knowledge",), 69),
        # One step mends both.
        (("style", "consistency"), 69),
        # The target is met: nothing is left to mend.
        (("knowledge", "style"), 79),
    ],
)
def test_nothing_is_sorted_where_the_order_of_steps_does_not_depend_on_it(
    goal: tuple[str, ...], passed: int
) -> None:
    row = scored("documents", passed, 80)
    assessment = letters(row, answers=LETTERS | {"goal": list(goal)})

    plan = plan_of(current(), assessment)

    assert not plan.leaves
    assert SORT_FAULTS not in [card.id for card in plan.cards]


def test_no_more_cases_are_sorted_than_tell_which_fault_most_have() -> None:
    row = scored("documents", 20, 200)
    assessment = letters(row, answers=LETTERS)

    [card] = (x for x in plan_of(current(), assessment).cards if x.id == SORT_FAULTS)

    assert card.name == "Sort 50 of the 180 cases that failed by fault"
    assert card.hours == 5


def test_a_dozen_cases_are_sorted_within_the_hour() -> None:
    assessment = letters(scored("documents", 68, 80), answers=LETTERS)

    [card] = (x for x in plan_of(current(), assessment).cards if x.id == SORT_FAULTS)

    assert card.name == "Sort the 12 cases that failed by fault"
    assert card.hours == 1
    assert not card.sets_target


def test_without_results_no_number_is_named() -> None:
    assessment = letters(answers=LETTERS | {"quality_gap": "small"}, target=None)

    [card] = (x for x in plan_of(current(), assessment).cards if x.id == SORT_FAULTS)

    assert card.name == "Sort the failing cases by fault"


def test_what_each_fault_leads_to_is_what_the_rules_give_for_it_alone() -> None:
    assessment = of("knowledge", "style")
    [card] = (x for x in plan_of(current(), assessment).cards if x.id == SORT_FAULTS)

    verdicts = {x.results[0]: x.verdict for x in card.outcomes}

    assert verdicts["Mostly “Style”"] == of("style").verdict
    assert verdicts["Mostly “Facts”"] == of("knowledge").verdict


def test_fault_that_is_left_is_named_in_short_where_the_advice_is_for_another() -> None:
    assert left_in_short(current(), of("knowledge", "style")) == "It leaves “Style”."
    assert left_in_short(current(), of("knowledge")) == ""


@pytest.mark.parametrize(
    ("goal", "answers", "step"),
    [
        # What is trained is said, once training is the advice.
        (
            ("change", "search"),
            {"component": "reranker", "knowledge_size": "small"},
            "train a small model that ranks what the search found",
        ),
        # A move may train a successor: it is a move all the same.
        (
            ("search", "reasoning_agent"),
            {"state": "live_tuned", "platform": "unavailable"},
            "move off the tuned model",
        ),
    ],
)
def test_step_for_a_fault_alone_says_what_is_trained_unless_it_is_a_move(
    goal: tuple[str, ...], answers: dict[str, str], step: str
) -> None:
    codes = read(current(), TRAINING_CASE | {"goal": [*goal]} | answers)
    given = Inputs(codes=codes, levels=TRAINING_LEVELS, numbers={})

    found = by_fault(current(), assess_on(current(), given, DAY))

    assert found
    assert [each.step for each in found.left] == [step]


def test_inputs_that_did_not_apply_count_for_a_fault_alone() -> None:
    assessment = of("knowledge", "style")
    given = Inputs(
        codes={**assessment.codes, "examples": "curated"},
        numbers=assessment.numbers,
        candidates=assessment.candidates,
    )

    assert by_fault(current(), assessment, given)


def test_question_about_faults_says_which_cases_to_sort() -> None:
    assessment = of("knowledge", "style")

    assert failed_cases(current(), assessment, "goal") == (
        "11 of 80 cases failed with “Prompt with documents”. Sort these, pick "
        "what most of them have, and write the counts in the note."
    )
    assert failed_cases(current(), assessment, "state") == ""
    untested = letters(answers=LETTERS | {"quality_gap": "large"})
    assert failed_cases(current(), untested, "goal") == ""
