"""What runs already costs nothing to build, and a one-off cost says what it is for."""

from audits.scoring.sums.year_parts import year_in_short
from tests.scoring.costs.worked_decisions import money, of_today
from tests.scoring.twelve_verdicts import ANSWERS

RETIRES = {"today": "prompt", "model": "gpt-5"}


def test_what_runs_is_only_moved_once_its_model_retires() -> None:
    today = of_today(money(ANSWERS["rag"], **RETIRES))

    assert today.calendar.at_start == 0
    assert today.moved_once == today.calendar.once == 5600
    assert {x.what for x in today.calendar.one_offs} == {
        "Choose a model",
        "Rewrite the prompt",
        "Test again",
    }


def test_price_of_now_is_said_before_a_later_one() -> None:
    today = of_today(money(ANSWERS["rag"], **RETIRES))

    assert year_in_short(today) == (
        "$1,255 a month at first, then $1,354 a month from 11 December 2026, when its "
        "model retires; moving it costs $5,600 once"
    )


def test_move_is_said_beside_the_year_where_no_month_changes_for_it() -> None:
    ends = {"today": "prompt", "model": "mistral-medium-3-5", "requests": "40000"}

    today = of_today(money(ANSWERS["few_shot"], **ends))

    assert today.month.expected == 938
    assert today.year.expected == 16_856
    assert year_in_short(today) == (
        "includes $5,600 once to move it when its model retires"
    )


def test_one_off_cost_of_what_runs_says_that_it_is_a_move() -> None:
    found = money(ANSWERS["rag"], **RETIRES)

    assert found.asks.endswith(", instead of $21,792 for the current plan.")
    assert found.today
    assert found.today.calendar.once == 5600  # which is no running spend
    assert (
        "From 11 December 2026, when its model retires, the current plan costs $1,354 "
        "a month, after $5,600 once to move it." in found.note
    )
