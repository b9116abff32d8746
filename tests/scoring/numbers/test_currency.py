"""Amounts in another currency: converted once, priced to the cent as dollars are."""

import json
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import repeat
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import published
from audits.landscape import in_force
from audits.landscape.loader import built_in
from audits.scoring.assess_on import assess_on, costs_on
from audits.scoring.costs.cost_numbers import InputId
from audits.scoring.costs.rounding import as_printed
from audits.scoring.exchange import document
from audits.scoring.inputs import Inputs
from audits.scoring.money.measuring import measuring_cost
from audits.scoring.money.of_assessment import money_of
from audits.scoring.numbers.assumption_fields import assumption_fields
from audits.scoring.numbers.currency import (
    AMOUNTS,
    converted,
    entered_in,
    in_dollars,
)
from audits.scoring.numbers.currency_words import (
    choice,
    dollars_at,
    field_in,
    one,
    several,
    sums_line,
    without_rate,
)
from audits.scoring.numbers.entered_in import EnteredIn
from audits.scoring.numbers.number_entry import with_unit
from audits.scoring.numbers.numbers import FIELDS_BY_ID, check
from audits.scoring.proposals.proposal import Rate
from audits.scoring.proposals.proposal_parts import currencies
from tests.scoring.twelve_verdicts import ANSWERS, LEVELS
from tests.scoring.worked_numbers import CALLS, TUNED_BY_TOKEN

DAY = date(2026, 11, 27)
FRAMEWORK = published("fine_tuning", 2)
EURO = Rate(
    dollars=Decimal("1.1172"), day=date(2026, 10, 30), issuer="European Central Bank"
)
# Of each number that is money, so many euros.
EUROS = {
    "value_per_request": "0.37",
    "budget_month": "2500",
    "fte_cost": "91500",
    "engineer_day": "612.5",
    "label_cost": "1.35",
    "gpu_hour": "2.61",
}


def assessed(verdict: str = "rag", **numbers: str) -> Any:
    answers: dict[str, Any] = ANSWERS[verdict]
    return assess_on(
        FRAMEWORK,
        Inputs(
            codes=read(FRAMEWORK, answers),
            levels={q: LEVELS[q] for q in answers.keys() & LEVELS},
            numbers=CALLS | {"today": "prompt"} | numbers,
        ),
        DAY,
    )


def without_rates() -> AbstractContextManager[None]:
    bare = replace(built_in(), exchange_rates=(), sha256="0" * 64)
    return in_force.using(partial(next, repeat(bare)))


def test_amounts_are_the_numbers_that_the_pages_ask_in_dollars() -> None:
    asked = {**FIELDS_BY_ID, **assumption_fields(DAY)}
    money = {name for name, field in asked.items() if field.is_money}

    # The provider's price of hosting is given in files only.
    assert {*AMOUNTS} == money | {"tuned_hosting_hour"}


@settings(max_examples=25, deadline=None)
@given(
    name=st.sampled_from(AMOUNTS),
    cents=st.integers(min_value=0, max_value=10**9),
    code=st.sampled_from(("EUR", "GBP", "CHF", "SEK", "PLN", "CAD")),
)
def test_amount_prices_to_the_cent_as_its_dollars_do(
    name: InputId, cents: int, code: str
) -> None:
    amount = Decimal(cents) / 100
    found = entered_in({"currency": code}, DAY)
    assert found is not None
    assert found.rate is not None
    others = TUNED_BY_TOKEN | {"today": "prompt"}
    entered = others | {name: format(amount, "f"), "currency": code}
    dollars = others | {name: format(amount * found.rate.dollars, "f")}

    assert costs_on(entered, DAY) == costs_on(dollars, DAY)


def test_verdict_and_money_are_those_of_the_dollars() -> None:
    dollars = {k: format(Decimal(v) * EURO.dollars, "f") for k, v in EUROS.items()}
    found, same = assessed(**EUROS, currency="EUR"), assessed(**dollars)

    assert found.costs == same.costs
    assert (found.verdict, found.trace) == (same.verdict, same.trace)
    assert money_of(found) == money_of(same)
    assert found.costs != assessed(**EUROS).costs


def test_price_of_a_day_for_measuring_is_converted_too() -> None:
    day = {"engineer_day": "700", "currency": "EUR"}
    found = measuring_cost(assessed("gather_evidence", **day))

    assert found is not None
    assert found.day is not None
    assert found.day.expected == Decimal("782.04")
    assert "at $782 a day" in found.words


def test_assessment_keeps_what_was_entered_and_the_rate() -> None:
    found = assessed(**EUROS, currency="EUR")
    written = json.loads(json.dumps(document.dump(found)))

    assert {k: written["numbers"][k] for k in EUROS} == EUROS
    assert written["entered_in"] == {
        "currency": "EUR",
        "rate": {
            "dollars": "1.1172",
            "day": "2026-10-30",
            "issuer": "European Central Bank",
        },
    }
    assert document.load(written) == found


def test_without_a_currency_there_is_no_word_of_one() -> None:
    plain, named = assessed(**EUROS), assessed(**EUROS, currency="USD")

    assert "entered_in" not in document.dump(plain)
    assert plain.entered_in is named.entered_in is None
    assert in_dollars(plain.numbers, DAY) == plain.numbers
    assert plain.costs == named.costs


def test_rate_of_the_day_counts() -> None:
    numbers = {"value_per_request": "85", "currency": "EUR"}

    assert in_dollars(numbers, date(2026, 10, 29)) == {"value_per_request": "96.5175"}
    assert in_dollars(numbers, DAY) == {"value_per_request": "94.962"}


def test_amounts_without_a_rate_are_not_priced_and_the_rest_is() -> None:
    numbers = CALLS | {"engineer_day": "700", "currency": "EUR"}
    with without_rates():
        found = assessed(engineer_day="700", currency="EUR")

        assert costs_on(numbers, DAY) is None
        assert costs_on(CALLS | {"currency": "EUR"}, DAY) == costs_on(CALLS, DAY)
        assert found.entered_in == EnteredIn(currency="EUR", rate=None)
        assert found.costs is None
        assert "engineer_day" not in converted(found.numbers, found.entered_in)
        assert without_rate("EUR", DAY) == (
            "Nothing is priced, because the market facts have no exchange rate of EUR "
            "for 27 November 2026. Choose another currency under “Amounts are in” on "
            "the numbers page, or ask your operator to add the rate."
        )
        with pytest.raises(ValueError, match=r"^currency: one of USD$"):
            check("currency", "EUR")


def test_only_amounts_are_converted() -> None:
    numbers = TUNED_BY_TOKEN | {"engineer_day": "100", "currency": "EUR"}

    assert converted(numbers, entered_in(numbers, DAY)) == TUNED_BY_TOKEN | {
        "engineer_day": "111.72"
    }


def test_fields_ask_and_tell_in_the_currency() -> None:
    value = field_in(FIELDS_BY_ID["value_per_request"], "EUR")
    day = field_in(assumption_fields(DAY)["engineer_day"], "CHF")

    assert (value.unit, with_unit(value, Decimal("2.5"))) == ("euros", "€2.50 a call")
    assert (day.unit, with_unit(day, Decimal(700))) == (
        "Swiss francs a day",
        "CHF 700 a day",
    )
    requests = FIELDS_BY_ID["requests"]
    assert field_in(requests, "EUR") is requests
    assert field_in(value, "USD") is value


@pytest.mark.parametrize(
    ("amount", "said"),
    [("85", "$94.96"), ("1000", "$1,117.20"), ("0", "$0.00"), ("0.0004", "$0.0004469")],
)
def test_dollars_of_an_amount_are_told_with_their_rate(amount: str, said: str) -> None:
    assert dollars_at(Decimal(amount), "EUR", EURO) == (
        f"{said} at 1.1172 US dollars a euro (European Central Bank, 30 October 2026)"
    )


def test_every_currency_of_the_market_facts_has_its_words() -> None:
    for code in currencies():
        assert several(code) != code
        assert one(code).startswith("a ")
        assert choice(code).endswith(f" ({code})")
    assert (several("XYZ"), one("XYZ"), choice("XYZ")) == ("XYZ", "1 XYZ", "XYZ")


@settings(max_examples=50)
@given(
    st.lists(st.decimals(0, 10**7, places=2).map(as_printed), min_size=1, max_size=4)
)
def test_line_has_each_sum_divided_by_the_rate_and_rounded_once(
    sums: list[Decimal],
) -> None:
    line = sums_line(
        EnteredIn(currency="EUR", rate=EURO), [("{}", [amount]) for amount in sums]
    )
    head = "In euros at 1.1172 US dollars (European Central Bank, 30 October 2026): "
    said = line.removeprefix(head).removesuffix(".")

    assert line.startswith(head)
    assert [
        Decimal(each.strip(" ,").replace(",", "")) for each in said.split("€")[1:]
    ] == [as_printed(amount / Decimal("1.1172")) for amount in sums]


def test_line_says_what_each_sum_is_and_nothing_in_dollars() -> None:
    euros = EnteredIn(currency="EUR", rate=EURO)
    year = ("recommended {} over 12 months", [Decimal(14403)])
    both = ("net {} or {}", [Decimal(-12276), Decimal(0)])
    half = ("left {} of {}", [Decimal(5), None])

    assert sums_line(euros, [year, half, both]) == (
        "In euros at 1.1172 US dollars (European Central Bank, 30 October 2026): "
        "recommended €12,892 over 12 months; net −€10,988 or €0."
    )
    assert sums_line(None, [year]) == ""
    assert sums_line(euros, [half]) == ""
    assert sums_line(EnteredIn(currency="EUR", rate=None), [year]) == ""


def test_what_follows_a_model_that_ends_is_priced_in_dollars_too() -> None:
    # The documents do not fit in the window, so no prompt may follow.
    ends = {"today": "fine_tune_hosted", "tuned": "gpt-4o-mini"}
    ends |= {"prefix_tokens": "1200000", "knowledge_tokens": "1198500"}
    dollars = {k: format(Decimal(v) * EURO.dollars, "f") for k, v in EUROS.items()}

    found = assessed("stop_fine_tuning", **ends, **EUROS, currency="EUR")

    money = money_of(found)
    assert money
    assert money.today
    assert money.today.goes_on_as == "rag"
    assert found.costs == assessed("stop_fine_tuning", **ends, **dollars).costs
