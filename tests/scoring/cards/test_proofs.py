"""What was tested and failed is shown and not tested again; the advice is tested."""

from dataclasses import replace
from typing import Any

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring import Assessment
from audits.scoring.cards.card import Card
from audits.scoring.cards.cards import candidates_of, cards_of
from audits.scoring.cards.moot import is_moot
from audits.scoring.cards.steps import Step, step_for
from audits.scoring.cards.target import SET_TARGET
from audits.scoring.cards.tests_of_results import ADVISED_TEST
from audits.scoring.chances.pass_marks import ENTER_TARGET
from audits.scoring.scored.candidates import NO_CANDIDATES
from audits.scoring.step_facts import card_facts
from audits.scoring.summary.first_steps import then_line
from audits.scoring.summary.plan import plan_of
from tests.scoring.letters import letters

# The prompt that is live was tested and fails; there are examples and a test set.
COMPLAINTS: dict[str, Any] = {
    "state": "planned",
    "eval": "small_set",
    "quality_gap": "large",
    "examples": "hundreds",
    "example_quality": "consistent",
    "domain_vocab": "industry",
}


def complaints(**answers: Any) -> Assessment:
    return letters(answers=COMPLAINTS | answers)


def steps(assessment: Assessment) -> dict[str, Card]:
    return {card.id: card for card in plan_of(current(), assessment).first}


def test_way_that_is_advised_is_the_first_test() -> None:
    target, first, *others = plan_of(current(), complaints()).first

    # It was written down before, and nobody has entered it.
    assert (target.id, target.name) == (SET_TARGET, "Enter your target")
    assert first.id == ADVISED_TEST
    assert first.name == "Test 10 to 20 examples in the prompt on your test set"
    assert (first.sample, first.hours) == ("The cases of your test set, 30 or more", 12)
    assert (first.pass_mark, first.lacks_target) == (ENTER_TARGET, True)
    [candidate] = candidates_of(first, NO_CANDIDATES)
    assert candidate.name == "Prompt with examples"
    assert not [card.name for card in others if "prompt" in card.kinds]


def test_target_that_is_written_down_lets_outcomes_be_told() -> None:
    card = steps(complaints())[ADVISED_TEST]

    assert not card.needs_target
    assert {each.verdict for each in card.outcomes} == {
        "few_shot",
        "prompt_long_context",
    }
    untold = letters(answers=COMPLAINTS | {"quality_gap": "often_wrong"})
    assert not steps(untold)[ADVISED_TEST].outcomes


def test_what_is_answered_and_not_shown_is_linked() -> None:
    found = steps(complaints())

    assert found["examples"].name == "Link the file of examples"
    assert found["examples"].hours == 1
    assert then_line(found["examples"]).startswith("“None” or “1 to 9”")
    shown = found["show_results"]
    assert shown.name == "Enter the test results that you have"
    assert (shown.kinds, shown.pass_mark, shown.hours) == ((), "", 1)
    assert {each.id for each in shown.answers} >= {"tried", "quality_gap"}
    assert shown.by_hand == ()
    assert "tried" not in found
    assert "quality_gap" not in found


def test_what_has_nothing_to_show_is_still_found_out() -> None:
    few = cards_of(current(), complaints(examples="few"))
    unchecked = cards_of(current(), complaints(example_quality="not_checked"))

    assert "Count the reviewed examples" in {card.name for card in few}
    assert "Let two experts label 50 cases" in {card.name for card in unchecked}


def test_request_names_the_step_that_shows_the_answer() -> None:
    assessment = complaints()

    assert step_for(current(), assessment, "quality_gap") == Step(
        id="show_results", name="Enter the test results that you have"
    )
    assert step_for(current(), assessment, "examples") == Step(
        id="examples", name="Link the file of examples"
    )


def test_proof_that_can_change_nothing_is_moot() -> None:
    assessment = complaints()
    card = replace(steps(assessment)["show_results"], outcomes=())

    assert is_moot(assessment, card)


@pytest.mark.parametrize("proof", card_facts().proofs, ids=lambda each: each.id)
def test_proofs_are_of_measured_questions_and_their_options(proof: Any) -> None:
    framework = current()
    asked = [framework.question_by_id[each] for each in proof.questions]

    assert all(question.is_measurement for question in asked)
    for option in proof.lacking:
        assert any(question.option(option) for question in asked)
    alone = proof.id in framework.question_by_id
    assert alone == (proof.questions == (proof.id,))
    assert not proof.by_results or {*proof.questions} <= {
        *card_facts().answered_by_results
    }


def test_what_answers_say_is_of_their_options() -> None:
    facts = card_facts()

    for said in (facts.test_set, facts.written_target):
        question = current().question_by_id[said.question]
        assert all(question.option(each) for each in said.answers)
        assert said.told({said.question: "no such answer"}) == ""
    assert facts.test_set.told({"eval": "solid_set"}) == "200 or more"


def test_first_test_of_a_prompt_names_the_examples_that_it_tests_too() -> None:
    unknown = {
        "state": "none",
        "tried": ["nothing"],
        "eval": "none",
        "quality_gap": "unknown",
    }
    assessment = letters(answers=COMPLAINTS | unknown)
    card = steps(assessment)["tried"]

    assert assessment.advice
    assert assessment.advice.step.id == "examples"
    name, _, how_many = card.name.partition(", ")
    assert name == "Test instructions on the strongest model"
    assert how_many == "without and with 10 to 20 examples"
    assert card.kinds == ("prompt", "examples")
    assert "run two prompts on the strongest model" in card.how
    assert "one that has 10 to 20 examples as well" in card.how
    assert step_for(current(), assessment, "tried") == Step(id="tried", name=card.name)


@pytest.mark.parametrize("answer", ["inconsistent", "consistent"])
def test_step_that_the_headline_names_is_among_the_steps(answer: str) -> None:
    found = complaints(state="none", example_quality=answer)
    named = [x for x in cards_of(current(), found) if x.name.startswith("Have two")]

    assert found.advice
    settles = found.advice.step.id == "settle_labels"
    assert settles == (answer == "inconsistent")
    assert [(x.id, x.hours, "guideline" in x.how) for x in named] == [
        ("example_quality", 8, True)
    ] * settles


def test_step_that_no_score_passes_says_when_it_is_done() -> None:
    unknown = {"state": "none", "tried": ["nothing"], "eval": "none"}
    tested = steps(letters(answers=COMPLAINTS | unknown))["tried"]
    built = current().question_by_id["eval"].experiment
    assert built

    card = replace(tested, pass_mark=built.pass_mark)

    assert (tested.mark_name, card.mark_name) == ("Pass mark", "Done when")
    assert (tested.mark, card.passes) == (tested.passes, f"Done when {card.mark}")
    assert card.mark.startswith("200 or more cases are reviewed")
