"""An amount that waits for checks or conditions is not asked for “now” anywhere."""

from dataclasses import replace

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.decision_words import decision_words
from audits.scoring.exchange.page_one import ConditionSays, page_one_says
from audits.scoring.money.of_assessment import money_of
from audits.scoring.sums.of_verdict import sums_of
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS

OPEN = ConditionSays(words="Test it.", owner="Dana", due_on="2026-12-09", state="open")


@pytest.mark.parametrize(
    ("answers", "waits"),
    [
        ({}, "now"),
        ({"data_rights": "unclear"}, "once the check is done"),
    ],
)
def test_training_asks_for_its_amount_once_its_checks_are_done(
    answers: dict[str, str], waits: str
) -> None:
    found = assessed(ANSWERS["fine_tune"] | answers)
    money = money_of(found)
    assert money

    assert money.asks_now == f"$19,303 {waits}, of $141,094 over 12 months."
    assert f"This asks for $19,303 {waits}" in decision_words(current(), found, money)
    assert sums_of(money, money.asks_now)[0][1] == money.asks_now


def test_page_one_and_its_file_wait_for_open_conditions_of_the_sign_off() -> None:
    found = assessed(ANSWERS["fine_tune"])
    met = page_one_says(current(), found, conditions=(replace(OPEN, state="met"),))
    waiting = page_one_says(current(), found, conditions=(OPEN,))
    two = page_one_says(current(), found, "Approve it.", conditions=(OPEN, OPEN))

    assert "This asks for $19,303 now" in met.decision
    assert (
        "This asks for $19,303 once the condition of the sign-off is met"
        in waiting.decision
    )
    assert (
        "This asks for $19,303 once the 2 conditions of the sign-off are met"
        in two.note
    )


def test_nothing_waits_where_no_amount_is_asked_for() -> None:
    found = assessed(ANSWERS["prompt_long_context"], today="prompt")
    plain, signed = (
        page_one_says(current(), found, conditions=each) for each in ((), (OPEN,))
    )

    assert signed.decision == plain.decision
