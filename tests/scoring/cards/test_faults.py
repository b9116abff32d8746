"""Where faults lead to different steps, the result says which of them it leaves."""

from typing import Any

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.cards.faults import SORT_FAULTS, by_fault
from audits.scoring.inputs import Inputs
from audits.scoring.summary.first_steps import first_steps
from audits.scoring.summary.plan import first_step_words, plan_of
from tests.scoring.letters import letters, scored

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
    assert "is in most of them” would lead to “few-shot”" in step.then
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


def test_without_results_no_number_is_named() -> None:
    assessment = letters(answers=LETTERS | {"quality_gap": "small"}, target=None)

    [card] = (x for x in plan_of(current(), assessment).cards if x.id == SORT_FAULTS)

    assert card.name == "Sort the failing cases by fault"


def test_what_each_fault_leads_to_is_what_the_rules_give_for_it_alone() -> None:
    assessment = of("knowledge", "style")
    [card] = (x for x in plan_of(current(), assessment).cards if x.id == SORT_FAULTS)

    verdicts = {x.results[0]: x.verdict for x in card.outcomes}

    assert verdicts["“Style” is in most of them"] == of("style").verdict
    assert verdicts["“Facts” is in most of them"] == of("knowledge").verdict


def test_inputs_that_did_not_apply_count_for_a_fault_alone() -> None:
    assessment = of("knowledge", "style")
    given = Inputs(
        codes={**assessment.codes, "examples": "curated"},
        numbers=assessment.numbers,
        candidates=assessment.candidates,
    )

    assert by_fault(current(), assessment, given)
