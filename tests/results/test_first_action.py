"""What is said first names the steps below it that it means."""

import re
from dataclasses import replace

import pytest

from audits.frameworks.loading.loader import current
from audits.results.first_action import FirstAction, first_action
from audits.scoring.assess_on import assess_on
from audits.scoring.inputs import Inputs
from audits.scoring.summary.plan import Plan, plan_of
from tests.scoring.cards.test_cheaper_ways import EXAMPLES, INVOICES, TODAY
from tests.scoring.scored.test_candidates import candidates
from tests.scoring.what_if.test_changes import DAY, inputs_of

# The checks of a small part that was tested once, by the step that answers each.
ANSWERED_BY = {
    "data_rights": "Counsel clears the data for training",
    "example_quality": (
        "two experts who apply the same pass rule agree on 45 of 50 cases"
    ),
    "test_stronger": (
        "the team has tested a stronger model (8 h; could lead to “prompt "
        "(improved after its failed test)”)"
    ),
    "test_cheaper": (
        "the team has tested examples picked by search (24 h; could lead to “few-shot”)"
    ),
}
ANSWERED_BY_NONE = "two of the five practices for running a model are in use"


def first_of(inputs: Inputs) -> tuple[FirstAction, Plan]:
    assessment = assess_on(current(), inputs, DAY)
    plan = plan_of(current(), assessment, inputs)
    first = first_action(current(), assessment, plan.cards)
    assert first
    return first, plan


@pytest.mark.parametrize(
    ("answered", "title"),
    [
        ({"data_rights": "clear"}, "Measure first: step 2, 28 hours"),
        (
            {},
            "First step 2 (2 hours): an answer may save the tests. "
            "Then measure: step 3, 28 hours",
        ),
    ],
)
def test_hours_to_measure_first_are_those_of_the_steps_that_are_named(
    answered: dict[str, str], title: str
) -> None:
    answers = INVOICES | {"tried": ["instructions"]} | answered
    first, plan = first_of(inputs_of(answers, {}))

    assert first.title == title
    target, *read, card = plan.first[: 3 - len(answered)]
    others = plan.first[3 - len(answered) :]
    assert [each.id for each in read] == ["data_rights"] * (not answered)
    assert (target.name, target.hours) == ("Set the target", 0)
    assert (card.comes_first, card.hours) == (True, 28)
    assert others
    assert not any(each.comes_first for each in others)


def test_each_check_before_training_names_the_step_that_answers_it() -> None:
    given = inputs_of(INVOICES, {"examples": "documented"})
    found = candidates(TODAY, EXAMPLES, target="0.95")

    first, plan = first_of(replace(given, candidates=found))

    assert first.title == "Before training can be approved"
    numbers = {card.id: number for number, card in enumerate(plan.cards, 1)}
    for step, check in ANSWERED_BY.items():
        assert f"{check} (step {numbers[step]})" in first.names_parts
        said = f"{check} (step {numbers[step]})".lower()
        assert said in [each.lower() for each in first.with_steps]
    assert f"{ANSWERED_BY_NONE} (no step below)" in first.names_parts
    # Each but the last, which asks for evidence of answers and not for a step.
    *checks, evidence = first.parts
    steps = re.findall(r" \((?:step \d+|no step below)", first.names_parts)
    assert len(steps) == len(checks)
    assert evidence.startswith("A link or file shows ")
    assert first.names_parts.endswith(f"; a{evidence.removeprefix('A')}.")
