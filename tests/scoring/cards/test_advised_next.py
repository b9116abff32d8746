"""What the advice begins with is the first step, and says what passing it brings."""

from typing import Any

from audits.frameworks.loading.loader import current
from audits.scoring import Assessment
from audits.scoring.cards.card import BEGINS, Card
from audits.scoring.summary.first_steps import then_line
from audits.scoring.summary.plan import plan_of
from tests.scoring.letters import letters

# Experts disagree, and that forbids training; there are examples and a test set.
DISAGREED: dict[str, Any] = {
    "goal": ["task_skill", "consistency"],
    "state": "planned",
    "tried": ["instructions", "in_prompt"],
    "eval": "small_set",
    "quality_gap": "large",
    "examples": "hundreds",
    "example_quality": "mostly",
}


def disagreed(**answers: Any) -> Assessment:
    return letters(answers=DISAGREED | answers)


def begins(assessment: Assessment) -> Card:
    return plan_of(current(), assessment).first[0]


def test_first_step_is_the_one_that_the_advice_begins_with() -> None:
    assessment = disagreed()
    card = begins(assessment)

    assert assessment.headline.startswith(card.name)
    assert card.because == BEGINS


def test_passing_it_says_that_training_is_allowed_and_what_is_next() -> None:
    card = begins(disagreed())
    passed = card.outcomes[0]

    assert "90% or more" in passed.results
    assert passed.stays
    assert passed.then.told == (
        "training is no longer forbidden; then add 10 to 20 reviewed examples and "
        "test them"
    )
    assert then_line(card).startswith(
        "“80 to 89% (above the target)” or “90% or more”: training is no longer "
        "forbidden; then add 10 to 20 reviewed examples"
    )
    assert "not above the target" not in then_line(card)


def test_step_that_is_not_advised_says_nothing_of_what_it_allows() -> None:
    _, *others = plan_of(current(), disagreed()).first

    assert others
    assert not any(each.then.allows for card in others for each in card.outcomes)
    assert "no longer forbidden" not in then_line(others[0])


def test_where_experts_agree_no_step_comes_with_the_advice() -> None:
    first = plan_of(current(), disagreed(example_quality="consistent")).first

    assert all(card.because != BEGINS for card in first)
