"""What is asked for at once, in one line, and what a month of a row costs later."""

from dataclasses import replace

import pytest

from audits.scoring.costs.rounding import written
from tests.scoring.costs.worked_decisions import money
from tests.scoring.costs.worked_moves import ENDS, MOVES
from tests.scoring.twelve_verdicts import ANSWERS

RETRIEVAL = (
    "$45,548 over 12 months, of which $8,300 at the start, to set up “Retrieval”."
)


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (
            "rag",
            RETRIEVAL,
        ),
        (
            "stop_fine_tuning",
            RETRIEVAL,
        ),
        ("fine_tune", "$141,094 over 12 months, of which $19,303 at the start."),
        (
            "fine_tune_after_mlops",
            "$93,000 ($81,000 to $93,000) over 12 months, to get ready for a "
            "trained model.",
        ),
        (
            "gather_evidence",
            "$7,130 ($4,583 to $12,034) now: $2,800 to measure, $4,330 to set up "
            "“Few-shot” meanwhile.",
        ),
        ("keep", ""),
        ("train_small_part", ""),
    ],
)
def test_first_line_asks_for_what_the_decision_does(verdict: str, said: str) -> None:
    found = money(ANSWERS[verdict])

    assert found.asks_now == said


def test_move_asks_for_its_test_and_names_what_is_tested() -> None:
    found = money(MOVES, **ENDS)

    assert found.asks_now == (
        f"${written(found.chosen.year.expected)} over 12 months, of which "
        f"${written(found.one_off)} at the start, to test “Few-shot” and a tuned "
        "Ministral 3 8B."
    )


def test_nothing_is_asked_for_beyond_a_plan_that_goes_on() -> None:
    assert money(ANSWERS["prompt_long_context"], today="prompt").asks_now == ""


def test_nothing_is_asked_for_while_a_use_case_has_stopped() -> None:
    found = replace(money(ANSWERS["rag"]), state="stopped")

    assert found.asks_now == ""


def test_row_says_what_a_month_costs_once_its_model_has_ended() -> None:
    plan, proposed, _ = money(MOVES, **ENDS).rows

    assert plan.then == (
        "$783 a month from 14 January 2027, when its model retires "
        "(then a prompt on GPT-6 Luna)"
    )
    assert proposed.then == ""


def test_row_says_from_when_another_price_applies() -> None:
    found = money(ANSWERS["rag"], today="prompt", model="gpt-5")

    assert found.today
    assert found.today.changes
    day, month = found.today.changes
    said = (
        f"${written(month)} a month from {day.day} {day:%B %Y}, when its model retires"
    )
    assert found.today.then == said
