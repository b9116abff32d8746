"""What a call earns or saves is told as a sum of 12 months, beside what it costs."""

from dataclasses import replace
from decimal import Decimal

import pytest

from audits.scoring.decision_words import money_note
from audits.scoring.money.earned import pays_too_little
from audits.scoring.money.of_assessment import money_of
from audits.scoring.options.value_of_calls import earned_in_short, value_of_calls
from audits.scoring.options.verdict_cost import never_pays
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.letters import NUMBERS, letters
from tests.scoring.twelve_verdicts import ANSWERS

ENTERED = NUMBERS | {"requests": "3500", "value_per_request": "4.80"}


def test_value_of_12_months_is_told_with_what_it_is_made_of() -> None:
    said = value_of_calls(letters(numbers=ENTERED))

    assert said == (
        "As entered, 3,500 model calls a month earn or save $4.80 each: "
        "$201,600 a year."
    )
    # 3,500 × 4.80 × 12, in the words that page 1 has room for.
    assert earned_in_short(letters(numbers=ENTERED)) == (
        "Value, as entered: $201,600 a year"
    )
    assert earned_in_short(letters(numbers=NUMBERS)) == ""


def test_value_in_another_currency_is_told_in_dollars() -> None:
    found = letters(numbers=ENTERED | {"currency": "EUR"})
    assert found.entered_in is not None
    assert found.entered_in.rate is not None

    year = 3500 * 12 * found.entered_in.rate.dollars * 48 / 10
    said = value_of_calls(found)
    assert f"${year:,.0f} a year" in said
    a_call = found.entered_in.rate.dollars * 48 / 10
    assert (
        f"3,500 model calls a month earn or save EUR 4.80 (${a_call:.2f}) each" in said
    )


@pytest.mark.parametrize("lacks", ["requests", "value_per_request"])
def test_nothing_is_told_without_both_numbers(lacks: str) -> None:
    numbers = {key: said for key, said in ENTERED.items() if key != lacks}

    assert value_of_calls(letters(numbers=numbers)) == ""
    assert value_of_calls(letters(numbers=ENTERED | {lacks: "0"})) == ""


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("0.01", "never pays for itself at this volume: once it runs, a month costs $"),
        ("400", ""),
    ],
)
def test_advice_that_costs_more_than_its_calls_earn_says_so(
    value: str, said: str
) -> None:
    found = letters(numbers=ENTERED | {"value_per_request": value})
    money = money_of(found)

    told = pays_too_little(found, money)

    assert (said in told) if said else told == ""
    assert never_pays(found, "running") == ("; never pays off" if said else "")
    # Page 1 says it below its amounts, and not that it is not paid back in time.
    assert told in money_note(found, money)
    assert not (told and "Not paid back" in money_note(found, money))


def test_advice_that_costs_what_its_calls_earn_is_not_0_less() -> None:
    found = assessed(ANSWERS["rag"], today="fine_tune_own")
    money = money_of(found, "running")
    assert money
    assert money.picked
    calls = Decimal(str(found.numbers["requests"]))
    value = money.picked.year.expected / calls / 12

    same = replace(found, numbers=found.numbers | {"value_per_request": str(value)})

    told = pays_too_little(same, money)
    assert told.endswith(" more than that, the advice just as much.")
