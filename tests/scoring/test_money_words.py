"""The sentences that an amount is told in."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from audits.scoring.costs.cost_plan import Band
from audits.scoring.money_words import Money
from tests.scoring.test_money import KNOWLEDGE, money


def test_message_tells_the_share_that_is_saved_or_added() -> None:
    found = money(KNOWLEDGE)
    assert found.today
    plan = replace(
        found.today, month=Band(low=Decimal(1), expected=Decimal(200), high=Decimal(9))
    )

    def told(saving: int) -> str:
        rows = (plan, *found.rows[1:])
        return replace(found, rows=rows, saving=Decimal(saving)).message

    assert told(150) == "Retrieval costs 75% less than the current plan"
    assert told(0) == "Retrieval costs 0% less than the current plan"
    assert told(-1) == "Retrieval costs 0% more than the current plan"
    assert told(-50) == "Retrieval costs 25% more than the current plan"


@pytest.mark.parametrize(
    ("month", "said"),
    [
        (599, "Retrieval costs 200% more than the current plan"),
        (600, "Retrieval costs about 3 times the current plan"),
        (3116, "Retrieval costs about 16 times the current plan"),
    ],
)
def test_message_tells_a_multiple_where_a_share_is_hard_to_read(
    month: int, said: str
) -> None:
    found = money(KNOWLEDGE)
    rows = tuple(
        replace(row, month=replace(row.month, expected=Decimal(expected)))
        for row, expected in zip(found.rows[:2], (200, month), strict=True)
    )

    assert replace(found, rows=rows, saving=Decimal(200 - month)).message == said


def test_note_tells_what_is_paid_once_paid_back_and_at_risk() -> None:
    found = replace(money(KNOWLEDGE), one_off=Decimal(1200), life=Decimal(12))

    def told(saving: int | None, **more: Any) -> str:
        worth = None if saving is None else Decimal(saving)
        return replace(found, saving=worth, **{"at_risk": None, **more}).note

    said = "“Retrieval” includes a one-off $1,200 over 12 months "
    assert told(300, at_risk=Decimal(96_000), at_risk_if="we_go_on") == (
        f"{said}($100 a month). Without it, $400 a month are saved: "
        "paid back in 3 months. "
        "At risk if the plan goes on: $96,000 over 12 months."
    )
    assert told(-100, at_risk=Decimal(96_000), at_risk_if="its_test_fails") == (
        f"{said}($100 a month), never paid back. "
        "Lost if the trained model fails its test: $96,000, once."
    )
    assert told(-50) == f"{said}($100 a month), not paid back in that time."
    assert told(None) == f"{said}($100 a month)."
    assert told(None, one_off=Decimal(0)) == "“Retrieval” has no one-off cost."


def test_plan_whose_model_ends_says_why_its_one_off_cost_weighs_more() -> None:
    tuned = {"tuned": "gpt-4.1-mini", "today": "fine_tune_hosted"}

    assert "because its base model ends on 14 January 2027" in (
        money(KNOWLEDGE, **tuned).basis
    )
    assert "base model ends" not in money(KNOWLEDGE).basis


def test_price_of_machines_says_how_many_and_that_nobody_tested_their_load() -> None:
    basis = money(KNOWLEDGE).basis

    assert "“Tuned, GPUs”: 2 GPUs rented day and night" in basis
    assert "calls a month is not tested" in basis
    assert money(KNOWLEDGE, gpu_tokens_per_second="900").basis == ""
    assert "machines of your own are not priced" in (
        money({**KNOWLEDGE, "hosting": "self_host"}, today="prompt").basis
    )


def test_month_costs_more_just_where_payback_takes_longer_than_its_share() -> None:
    for volume in ("1000", "100000", "3000000", "40000000"):
        found = money(KNOWLEDGE, today="prompt", requests=volume)

        assert found.saving is not None
        months = found.payback_months
        assert (found.saving < 0) == (months is None or months > found.life)


def test_message_tells_the_amount_where_no_saving_is_known() -> None:
    found = money(KNOWLEDGE)

    month = found.chosen.month.expected
    said = f"Retrieval costs about ${month:,.0f} a month"
    assert replace(found, saving=None).message == said


def test_message_tells_the_amount_where_today_costs_nothing() -> None:
    found = money(KNOWLEDGE)
    assert found.today
    free = replace(
        found.today, month=Band(low=Decimal(0), expected=Decimal(0), high=Decimal(0))
    )

    message = replace(found, rows=(free, *found.rows[1:])).message

    month = found.chosen.month.expected
    assert message == f"Retrieval costs about ${month:,.0f} a month"


def test_thousands_are_shown_from_ten_million_a_year_on() -> None:
    found = money(KNOWLEDGE)

    def with_high(*months: str) -> Money:
        none = Decimal(0)
        bands = [Band(low=none, expected=none, high=Decimal(high)) for high in months]
        rows = tuple(replace(found.chosen, month=band) for band in bands)
        return replace(found, rows=rows)

    assert with_high("833333.33").is_large is False
    assert with_high("833333.34").is_large is True
    assert with_high("1000000", "1").is_large is True
    assert with_high("1", "1000000").is_large is True
