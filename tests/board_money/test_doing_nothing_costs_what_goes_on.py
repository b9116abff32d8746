"""What doing nothing costs and means, where the current plan can go on or not."""

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.decision_words import money_note
from audits.scoring.money.of_assessment import money_of
from audits.scoring.options.options import Choice, if_nothing, options
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS

ENDS = {"tuned": "gpt-4o-mini"}


def nothing(verdict: str, **numbers: str) -> Choice:
    return options(current(), assessed(ANSWERS[verdict], **numbers))[-1]


def test_plan_that_is_ruled_out_says_why_and_that_it_continues() -> None:
    choice = nothing("fine_tune", today="few_shot")

    assert choice.name == "Do nothing: Few-shot"
    assert choice.why == "Ruled out: it missed the target; it goes on (see above)"
    assert not choice.is_out


def test_plan_whose_model_ends_says_when() -> None:
    choice = nothing("few_shot", today="fine_tune_hosted", **ENDS)

    assert choice.why == ("Ruled out: its model retires on 14 January 2027 (see above)")


def test_plan_that_may_go_on_continues() -> None:
    choice = nothing("rag", today="few_shot")

    assert choice.why == "The current plan goes on (see above)"


@pytest.mark.parametrize("today", ["prompt", "few_shot", "rag", "fine_tune_own"])
@pytest.mark.parametrize("verdict", ANSWERS)
def test_doing_nothing_has_the_amount_of_the_current_plan(
    verdict: str, today: str
) -> None:
    assessment = assessed(ANSWERS[verdict], today=today)
    money = money_of(assessment)
    choice = options(current(), assessment)[-1]

    assert choice.why
    assert choice.cost
    if money and money.today:
        year = money.today.year
        low, expected, high = (
            f"{x:,.0f}" for x in (year.low, year.expected, year.high)
        )
        assert choice.cost == f"{expected} ({low}–{high})"


def test_doing_nothing_without_a_plan_has_no_price() -> None:
    choice = nothing("rag")

    assert (choice.name, choice.cost) == ("Do nothing", "No price")


def test_tuned_model_that_has_to_move_goes_on_as_what_its_months_count() -> None:
    moved = assessed(ANSWERS["migrate"], today="fine_tune_hosted", **ENDS)
    money = money_of(moved)

    assert if_nothing(current(), moved, money) == (
        "The tuned model stops when GPT-4o mini retires on 14 January 2027. Then a "
        "prompt on the replacement model takes over. It is not shown to do as well, "
        "and costs $5,600 once and $783 a month."
    )
    assert (
        "At risk if nobody moves it: how well the service answers from 14 January 2027."
    ) in money_note(moved, money)


def test_what_a_model_that_ends_is_moved_to_is_not_paid_back_against_it() -> None:
    moved = assessed(ANSWERS["migrate"], today="fine_tune_hosted", **ENDS)
    money = money_of(moved)
    assert money is not None

    assert money.payback_months is None
    assert "paid back" not in money.note
    assert "never exceeds" not in money.note


def test_tuned_model_that_moves_without_a_known_day_may_end() -> None:
    moved = assessed(ANSWERS["migrate"], today="fine_tune_own")

    assert if_nothing(current(), moved).startswith("The tuned model may end")
