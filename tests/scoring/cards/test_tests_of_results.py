"""What a verdict advises and what a result leaves open have a card of their own."""

from dataclasses import replace

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.cards.card import Card
from audits.scoring.cards.cards import cards_of
from audits.scoring.cards.cases.more_cases import MORE_CASES
from audits.scoring.cards.tests_of_results import ADVISED_TEST, IDS, asks_for_tests
from audits.scoring.scored.candidates import KINDS, ScoredCandidate
from audits.scoring.step_facts import card_facts
from audits.scoring.summary.first_steps import FirstStep, first_steps
from audits.scoring.summary.plan import plan_of
from audits.scoring.told.result.answered_too import answered_too
from tests.scoring.cards.test_cards import assessed
from tests.scoring.scored.test_candidates import candidates, scored
from tests.scoring.twelve_verdicts import ANSWERS
from tests.scoring.what_if.test_changes import DAY, inputs_of

LETTERS = {
    "goal": ["style"],
    "state": "none",
    "component": "generator",
    "examples": "curated",
}


def plan_steps(*rows: ScoredCandidate) -> tuple[Card, ...]:
    inputs = replace(inputs_of(LETTERS, {}), candidates=candidates(*rows))
    assessment = assess_on(current(), inputs, DAY)
    return plan_of(current(), assessment, inputs).first


def steps(*rows: ScoredCandidate) -> list[FirstStep]:
    inputs = replace(inputs_of(LETTERS, {}), candidates=candidates(*rows))
    assessment = assess_on(current(), inputs, DAY)
    return list(first_steps(assessment, plan_of(current(), assessment, inputs).first))


def test_technique_that_is_advised_is_tested_first_on_the_same_cases() -> None:
    first, *_ = steps(scored("prompt", 26, 40))

    card = first.card
    assert card.id == ADVISED_TEST
    assert card.name == "Test 10 to 20 examples in the prompt on the same 40 cases"
    assert (card.sample, card.cases) == ("The same 40 cases", 40)
    assert card.pass_mark.startswith("90 of 100 cases pass")
    assert (card.kinds, card.hours) == (("examples",), 12)
    assert first.then == (
        "“Prompt with examples is far below the target” would lead to "
        "“prompt (improved after its failed test)” (test a stronger "
        "model, or more reasoning effort); other results keep the verdict."
    )


def test_result_that_is_too_small_asks_for_more_cases_first() -> None:
    first, *others = plan_steps(
        scored("prompt", 26, 40), scored("examples", 33, 40, id="c2")
    )

    assert first.id == MORE_CASES
    assert first.name == "Test “Prompt with examples” on about 120 more cases"
    assert (first.cases, first.hours) == (160, 14)
    # The advice has changed, and so has what tests it.
    test = next(card for card in others if card.id == ADVISED_TEST)
    assert test.name == "Test examples picked by search on the same 40 cases"


def test_what_is_kept_is_not_tested_again() -> None:
    found = [each.card.id for each in steps(scored("prompt", 400, 400))]

    assert found
    assert not {*found} & {*IDS}


@pytest.mark.parametrize(
    "verdict", ["train_small_part", "fine_tune", "keep", "migrate"]
)
def test_nothing_is_advised_to_test_beside_a_training(verdict: str) -> None:
    cards = cards_of(current(), assessed(ANSWERS[verdict]))

    assert ADVISED_TEST not in {card.id for card in cards}


def test_every_test_is_of_a_step_and_a_kind() -> None:
    for facts in card_facts().tests:
        assert facts.step in current().steps
        assert facts.kind in KINDS
    known = {*current().question_by_id, *card_facts().experiment}
    assert not known & {*IDS}


@pytest.mark.parametrize(
    ("regulatory", "asks"), [("low", True), ("not_settled", False)]
)
def test_no_more_cases_are_asked_for_before_what_comes_first(
    regulatory: str, *, asks: bool
) -> None:
    rows = scored("prompt", 26, 40), scored("examples", 33, 40, id="c2")
    inputs = inputs_of(LETTERS | {"regulatory": regulatory}, {})
    inputs = replace(inputs, candidates=candidates(*rows))

    found = assess_on(current(), inputs, DAY)

    assert bool(found.prerequisite) is not asks
    assert asks_for_tests(found, inputs) is asks


def test_other_steps_that_the_test_of_the_advice_answers_go_with_its_result() -> None:
    answers = {
        "goal": ["knowledge", "style"],
        "state": "in_cycle",
        "tried": ["nothing"],
        "eval": "none",
        "task_shape": "broad",
        "component": "generator",
        "examples": "few",
        "knowledge_size": "medium",
        "change_rate": "monthly",
    }
    inputs = inputs_of(answers, {})
    plan = plan_of(current(), assess_on(current(), inputs, DAY), inputs)
    answered = answered_too(plan.first, plan.others)
    untested = [replace(card, kinds=()) for card in plan.first]

    scored_since = replace(inputs, candidates=candidates(scored("documents", 20, 30)))
    found = assess_on(current(), scored_since, DAY)
    left = {card.id for card in plan_of(current(), found, scored_since).cards}

    assert answered
    assert answered.isdisjoint(left)
    assert answered_too(untested, plan.others) == frozenset()
