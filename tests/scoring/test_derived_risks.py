"""Where nobody names risks, those that the answers show are named, as derived."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.options.derived_risks import MetCondition
from audits.scoring.options.main_risk import beside_own, main_risks
from tests.scoring.cards.test_cards import assessed
from tests.scoring.letters import letters, scored
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS

TENANTS: dict[str, Any] = {
    "goal": ["knowledge"],
    "tried": ["instructions"],
    "knowledge_size": "small",
    "error_cost": "moderate",
    "example_quality": "not_checked",
}


def risks(passed: int = 69, **more: Any) -> tuple[str, ...]:
    row = scored("documents", passed, 80)
    found = letters(row, answers=TENANTS | more)
    return main_risks(current(), found, None)


def test_answers_show_their_risks_the_strongest_first() -> None:
    assert risks() == (
        "From the answers: 11 of 80 tested answers of “Prompt with documents” "
        "are wrong, and one wrong answer brings rework or a complaint.",
        "The output had wrong or missing facts, which readers may not notice.",
        "Nobody checked whether experts agree on what is right, so the test itself may "
        "be wrong. Control: two experts label the same cases; the use case’s owner "
        "leads.",
    )


def test_wrong_answers_of_today_are_beside_those_of_another_way() -> None:
    today = replace(scored("prompt", 60, 80), id="c2")

    found = letters(today, scored("documents", 69, 80), answers=TENANTS)

    assert main_risks(current(), found, None)[0] == (
        "From the answers: 11 of 80 tested answers of “Prompt with documents” "
        "are wrong (today: 20 of 80), and one wrong answer "
        "brings rework or a complaint."
    )


def test_three_are_named_at_most() -> None:
    found = risks(regulatory="high_risk", error_cost="high")

    assert len(found) == 3
    assert "can do harm, bring a fine or lose a client" in found[0]
    assert found[1] == "The law classes the use as high risk."


@pytest.mark.parametrize("cost", ["low", "moderate", "high"])
def test_a_target_that_is_met_shows_no_wrong_answers(cost: str) -> None:
    said = " ".join(risks(79, error_cost=cost))

    assert "wrong answer" not in said
    assert "wrong or missing facts" not in said


def test_without_a_counted_result_no_number_is_named() -> None:
    found = letters(answers=TENANTS | {"quality_gap": "often_wrong", "eval": "none"})

    said = " ".join(main_risks(current(), found, None))

    assert "Some tested answers are wrong, and one wrong answer brings rework" in said
    assert "{" not in said


ON = date(2026, 11, 29)
AGREE = "Show that two experts agree on what is right in 45 of 50 letters."


def test_risk_of_an_answer_names_the_condition_on_it_that_was_met() -> None:
    found = letters(scored("documents", 69, 80), answers=TENANTS)

    *others, last = main_risks(current(), found, None, [MetCondition(AGREE, ON)])

    assert last == (
        "The answer “Agreement of experts: Never checked” may be out of date: “Show "
        "that two experts agree on what is right in…”, a condition of the last "
        "sign-off, was met on 29 November 2026."
    )
    assert others == [*risks()[:2]]


@pytest.mark.parametrize(
    "condition",
    [
        "Ask legal.",
        # The risk has these words too, which are short.
        "Test the same letters.",
        # These begin like “owner” and “leads”, with four letters.
        "Name the leader of owned data.",
    ],
)
def test_condition_on_something_else_changes_no_risk(condition: str) -> None:
    found = letters(scored("documents", 69, 80), answers=TENANTS)

    said = main_risks(current(), found, None, [MetCondition(condition, ON)])

    assert said == risks()


@pytest.mark.parametrize("own", [0, 1, 2, 3])
def test_computed_risks_fill_the_rows_that_an_author_leaves(own: int) -> None:
    found = letters(scored("documents", 69, 80), answers=TENANTS)

    beside = beside_own(current(), found, None, own)

    assert beside.printed == risks()[: 3 - own]
    assert beside.replaced == risks()[3 - own :]


@pytest.mark.parametrize("agreed", ["inconsistent", "not_checked"])
@pytest.mark.parametrize("own", [2, 3])
def test_doubt_of_a_measured_score_stays_beside_own_risks(
    agreed: str, own: int
) -> None:
    answers = TRAINING_CASE | {
        "quality_gap": "met",
        "passed": "examples",
        "example_quality": agreed,
        "regulatory": "regulated",
    }
    measured = {**TRAINING_LEVELS, "quality_gap": "measured"}

    told = beside_own(current(), assessed(answers, measured), None, own)
    levels = {**measured, "quality_gap": "documented"}
    typed = beside_own(current(), assessed(answers, levels), None, own)

    assert len(told.printed) == 1
    assert "so the test itself may be wrong" in told.printed[0]
    assert told.printed[0].endswith("; the use case’s owner leads.")
    assert typed.printed != told.printed
