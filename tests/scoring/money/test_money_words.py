"""The sentences that an amount is told in."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from audits.scoring.costs.cost_calendar import (
    CostEvent,
    OneOff,
    calendar_of,
    months_from,
)
from audits.scoring.money_words import Money, MoneyRow
from audits.scoring.pricing.cost_plan import Band
from tests.scoring.money.test_money import KNOWLEDGE, money


def row(of: MoneyRow, running: int, *spent: tuple[int, int]) -> MoneyRow:
    """Return a row that costs so much a month, and once in some of the months."""
    starts = months_from(of.calendar.months[0].start)
    calendar = calendar_of(
        starts,
        {starts[0]: Decimal(running)},
        [
            OneOff(day=starts[place], what="work", amount=Decimal(amount))
            for place, amount in spent
        ],
    )
    return replace(
        of,
        month=replace(of.month, expected=Decimal(running)),
        year=replace(of.year, expected=calendar.total),
        calendar=calendar,
    )


def compared(today: int, running: int, *spent: tuple[int, int], **more: Any) -> Money:
    """Return the money of retrieval beside a plan of today that is built already."""
    found = money(KNOWLEDGE)
    assert found.today
    rows = (row(found.today, today), row(found.chosen, running, *spent))
    return replace(
        found,
        rows=rows,
        one_off=rows[1].calendar.at_start,
        saving=Decimal(today - running),
        **{"at_risk": None, **more},
    )


@pytest.mark.parametrize(
    ("amounts", "said"),
    [
        ((200, 50), "75% less than"),
        ((200, 200), "0% less than"),
        ((200, 201), "0% more than"),
        # 12 × 200 today, and 12 × 50 and 1,800 once.
        ((200, 50, (0, 1800)), "0% less than"),
        ((200, 50, (6, 2400)), "25% more than"),
        ((200, 599), "200% more than"),
        ((200, 600), "about 3 times"),
        ((200, 3116), "about 16 times"),
    ],
)
def test_message_tells_what_12_months_cost_beside_the_current_plan(
    amounts: Any, said: str
) -> None:
    message = f"“Retrieval” costs {said} the current plan over 12 months"

    assert compared(*amounts).message == message


def over_the_year(difference: str) -> str:
    term = "12 months from 24 November 2026"
    return f"{term}: “Retrieval” costs {difference} than the current plan."


def test_note_tells_what_is_paid_once_and_when_it_is_paid_back() -> None:
    once = "“Retrieval” costs $1,200 up front"

    assert compared(700, 300, (0, 1200)).note == (
        f"{over_the_year('$3,600 less')} {once} and $400 a month less than the current "
        "plan: paid back in 3 months."
    )
    assert compared(350, 300, (0, 1200)).note == (
        f"{over_the_year('$600 more')} {once}, not paid back within 12 months."
    )
    # 800 are saved by the middle of the second month.
    assert compared(700, 300, (0, 1200), (1, 400)).note == (
        f"{over_the_year('$3,200 less')} {once}, paid back in 4 months, as the plans "
        "change until then."
    )
    assert replace(compared(700, 300, (0, 1200)), saving=None).note == (
        f"12 months from 24 November 2026. {once}."
    )
    assert compared(700, 300).note == (
        f"{over_the_year('$4,800 less')} “Retrieval” has no one-off cost."
    )


def test_note_tells_that_it_costs_no_more_from_the_first_day() -> None:
    found = compared(700, 300, (0, 1200))
    assert found.today
    dear = replace(found, rows=(row(found.today, 700, (0, 5000)), found.rows[1]))

    assert dear.note == (
        f"{over_the_year('$8,600 less')} “Retrieval” costs $1,200 up front; its total "
        "never exceeds the current plan’s."
    )


def test_note_tells_when_the_current_plan_changes_and_what_it_costs_then() -> None:
    found = compared(700, 300)
    assert found.today
    months = [*found.today.calendar.months]
    months[2:] = [replace(month, running=Decimal(900)) for month in months[2:]]
    price = CostEvent(day=date(2027, 1, 24), kind="price", text="")
    calendar = replace(found.today.calendar, months=tuple(months), events=(price,))
    changed = replace(
        found, rows=(replace(found.today, calendar=calendar), found.chosen)
    )

    assert "the current plan, which costs $900 a month after 24 January 2027." in (
        changed.note
    )


def test_note_tells_what_is_at_risk() -> None:
    amount = Decimal(96_000)

    assert compared(700, 300, at_risk=amount, at_risk_if="we_go_on").note.endswith(
        "At risk if the plan goes on: $96,000 over 12 months."
    )
    assert compared(
        700, 300, at_risk=amount, at_risk_if="its_test_fails"
    ).note.endswith("Lost if the trained model fails its test: $96,000, once.")


def test_plan_whose_model_ends_moves_once_in_its_calendar() -> None:
    tuned = {"tuned": "gpt-4.1-mini", "today": "fine_tune_hosted"}
    found = money(KNOWLEDGE, **tuned).today

    assert found
    assert [(event.day, event.kind) for event in found.calendar.events] == [
        (date(2027, 1, 6), "tuning_end"),
        (date(2027, 1, 14), "end"),
    ]
    assert [month.once for month in found.calendar.months[:3]] == [19_322, 5600, 0]


def test_price_of_machines_says_how_many_what_they_serve_and_where_that_is_from() -> (
    None
):
    basis = money(KNOWLEDGE).basis

    assert basis == (
        "“Tuned, GPUs”: 2 GPUs, rented day and night, serve up to 20,300,000 calls a "
        "month, if each handles 9,300 tokens a second: half of a test at full load "
        "(NVIDIA TensorRT-LLM: performance overview, checked on 27 November 2026)."
    )
    assert money(KNOWLEDGE, gpu_tokens_per_second="900").basis == ""
    assert "not machines of your own." in (
        money({**KNOWLEDGE, "hosting": "self_host"}, today="prompt").basis
    )


def test_12_months_cost_less_just_where_it_is_paid_back_within_them() -> None:
    for volume in ("1000", "100000", "3000000", "40000000"):
        found = money(KNOWLEDGE, today="prompt", requests=volume)

        assert found.saving_year is not None
        assert (found.saving_year >= 0) == (found.payback_months is not None)


def test_message_tells_the_amount_where_no_saving_is_known() -> None:
    found = money(KNOWLEDGE)

    year = found.chosen.year.expected
    said = f"“Retrieval” costs about ${year:,.0f} over 12 months"
    assert replace(found, saving=None).message == said
    assert compared(0, 100).message == ("“Retrieval” costs about $1,200 over 12 months")


def test_thousands_are_shown_from_ten_million_a_year_on() -> None:
    found = money(KNOWLEDGE)

    def with_high(*months: str) -> Money:
        none = Decimal(0)
        bands = [Band(low=none, expected=none, high=Decimal(high)) for high in months]
        rows = tuple(replace(found.chosen, year=band) for band in bands)
        return replace(found, rows=rows)

    assert with_high("9999999.99").is_large is False
    assert with_high("10000000").is_large is True
    assert with_high("12000000", "1").is_large is True
    assert with_high("1", "12000000").is_large is True
