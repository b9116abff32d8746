"""An amount that waits for checks or conditions is not asked for “now” anywhere."""

from dataclasses import replace

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.decision_words import decision_words
from audits.scoring.exchange.page_one import (
    ConditionSays,
    page_one_says,
    stated_conditions,
)
from audits.scoring.money.of_assessment import money_of
from audits.scoring.sums.of_verdict import sums_of
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS

OPEN = ConditionSays(words="Test it.", owner="Dana", due_on="2026-12-09", state="open")


@pytest.mark.parametrize(
    ("answers", "waits"),
    [
        ({}, ""),
        ({"data_rights": "unclear"}, "once the check passes"),
    ],
)
def test_training_asks_for_its_amount_once_its_checks_are_done(
    answers: dict[str, str], waits: str
) -> None:
    found = assessed(ANSWERS["fine_tune"] | answers)
    money = money_of(found)
    assert money

    said = f"{waits.capitalize()}: this" if waits else "This"

    once = f"{waits.capitalize()}: " if waits else ""
    year = "$141,094 over 12 months, of which $19,303 at the start."
    assert money.asks_now == f"{once}{year}"
    asked = decision_words(current(), found, money)
    assert f" {said} asks for $141,094 ($" in asked
    assert money.parts.startswith("Asked for: $19,303 at the start")
    assert sums_of(money, money.asks_now)[0][1] == money.asks_now


def test_page_one_and_its_file_wait_for_open_conditions_of_the_sign_off() -> None:
    found = assessed(ANSWERS["fine_tune"])
    met = page_one_says(current(), found, conditions=(replace(OPEN, state="met"),))
    waiting = page_one_says(current(), found, conditions=(OPEN,))
    two = page_one_says(current(), found, "Approve it.", conditions=(OPEN, OPEN))

    assert ". This asks for $141,094 ($" in met.decision
    assert (
        "Once the condition of the sign-off is met: this asks for $141,094 ($"
        in waiting.decision
    )
    assert (
        "Once the 2 conditions of the sign-off are met: this asks for $141,094 ($"
        in two.note
    )
    # How it is made up is said once, below the amounts.
    for each in (met, waiting, two):
        assert "$19,303" not in each.decision
        assert each.note.count("$19,303 at the start") == 1


def test_amount_does_not_wait_for_what_is_met_while_the_work_goes_on() -> None:
    found = assessed(ANSWERS["fine_tune"])
    meanwhile = replace(OPEN, holds_money=False)
    plain = page_one_says(current(), found)
    beside = page_one_says(current(), found, conditions=(meanwhile,))
    both = page_one_says(current(), found, conditions=(OPEN, meanwhile))

    assert beside.decision == plain.decision
    assert "Once the condition of the sign-off is met: this" in both.decision
    first, second = both.values["conditions"]
    assert "holds_money" not in first
    assert stated_conditions({"conditions": [first, second]}) == both.conditions
    wrong = {**second, "holds_money": "no"}
    assert stated_conditions({"conditions": [wrong]}) == ()


def test_nothing_waits_where_no_amount_is_asked_for() -> None:
    found = assessed(ANSWERS["prompt_long_context"], today="prompt")
    plain, signed = (
        page_one_says(current(), found, conditions=each) for each in ((), (OPEN,))
    )

    assert signed.decision == plain.decision
