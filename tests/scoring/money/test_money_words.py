"""The sentences that an amount is told in."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.costs.cost_calendar import (
    CostEvent,
    EventKind,
)
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.rows import Role
from audits.scoring.money.words import Money
from audits.scoring.options.main_risk import main_risks
from audits.scoring.options.verdict_cost import is_least
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.sentences.board_sentences import BRIEF, FURTHER, PARTS
from audits.scoring.sentences.money_sentences import WORDINGS, Kind
from tests.scoring.letters import NUMBERS, letters, scored
from tests.scoring.money.compared_plans import PLAIN, TERM, compared, row
from tests.scoring.money.test_money import KNOWLEDGE, money


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


def test_chosen_row_is_the_least_only_beside_ways_that_cost_as_much() -> None:
    found = compared(200, 50)

    def beside(month: int, role: Role) -> Money:
        way = replace(row(found.chosen, month), roles=(role,))
        return replace(found, rows=(*found.rows, way))

    assert is_least(found)
    roles: tuple[Role, ...] = ("otherwise", "cheapest_other")
    for role in roles:
        assert is_least(beside(50, role))
        assert not is_least(beside(49, role))


def test_note_tells_what_is_paid_once_and_when_it_is_paid_back() -> None:
    once = f"{TERM} “Retrieval” costs $1,200 up front."

    assert compared(700, 300, (0, 1200)).note == (
        f"{once} The up-front cost is paid back in 3.0 months, at $400 a month less."
    )
    assert compared(350, 300, (0, 1200)).note == (
        f"{once} The up-front cost is not paid back within 12 months."
    )
    # 800 are saved by the middle of the second month.
    assert compared(700, 300, (0, 1200), (1, 400)).note == (
        f"{TERM} “Retrieval” costs $1,600 once: $1,200 up front, $400 on 24 December "
        "2026. The up-front cost is paid back in 4.0 months, announced changes "
        "included."
    )
    found = compared(700, 300, (0, 1200))
    assert replace(found, rows=(found.chosen,)).note == once
    assert compared(700, 300).note == (f"{PLAIN} “Retrieval” costs nothing up front.")
    assert compared(2000, 300, (0, 1200)).note == (
        f"{once} The up-front cost is paid back in 0.7 months, at $1,700 a month less."
    )


@pytest.mark.parametrize("state", ["running", "planned", "stopped"])
def test_nothing_is_said_of_risk_where_nothing_is_at_risk(state: Any) -> None:
    found = compared(700, 300, (0, 1200), state=state, is_against=True)

    assert "At risk" not in found.note


def test_note_says_that_ranges_do_not_add_up_just_where_they_do_not() -> None:
    found = money(KNOWLEDGE)
    low, high = found.chosen.month.low, found.chosen.month.high
    once = found.chosen.calendar.once
    year = found.chosen.year
    assert once == 8300
    assert year.high > 12 * high + once + 12

    def of(low: Decimal, high: Decimal) -> str:
        rows = (
            replace(found.chosen, year=replace(year, low=low, high=high)),
            replace(found.chosen, roles=("next_best",)),
        )
        return replace(found, rows=rows).note

    assert found.note.startswith(TERM)
    summed = 12 * low + once, 12 * high + once
    assert of(*summed).startswith(f"{PLAIN} ")
    assert of(summed[0] - 12, summed[1] + 12).startswith(f"{PLAIN} ")
    assert of(summed[0] - 13, summed[1]).startswith(TERM)
    assert of(summed[0], summed[1] + 13).startswith(TERM)


def test_note_does_not_deny_what_is_paid_once_later() -> None:
    assert compared(300, 300, (9, 9603)).note.startswith(
        f"{TERM} “Retrieval” costs $9,603 once, on 24 August 2027."
    )


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("again", "Retraining “Retrieval” on 24 August 2027 costs $9,603 once."),
        ("end", "Moving “Retrieval” on 24 August 2027 costs $9,603 once."),
        ("price", "“Retrieval” costs $9,603 once, on 24 August 2027."),
    ],
)
def test_note_names_the_work_that_is_paid_once(kind: EventKind, said: str) -> None:
    found = compared(300, 300, (9, 9603))
    event = CostEvent(day=date(2027, 8, 24), kind=kind, text="Something happens")
    chosen = replace(
        found.chosen, calendar=replace(found.chosen.calendar, events=(event,))
    )

    assert said in replace(found, rows=(found.rows[0], chosen)).note


def test_decision_names_what_is_asked_for_with_its_range_and_what_is_not_spent() -> (
    None
):
    found = compared(700, 300, (0, 1200), is_against=True, state="planned")

    year = found.chosen.year
    assert found.asks == (
        f"This asks for ${year.expected:,.0f} (${year.low:,.0f} to ${year.high:,.0f}) "
        "over 12 months for “Retrieval”, instead of $8,400 of planned spending."
    )
    assert found.parts == (
        f"Of the ${year.expected:,.0f} to approve, $1,200 is paid now. The advice "
        "costs $3,600 less than the current plan."
    )
    # Nothing is paid now while a condition is open.
    waits = replace(found, waits_for="the condition of the sign-off is met").parts
    assert "$1,200 is paid once the condition of the sign-off is met. The adv" in waits
    assert " now" not in waits


@pytest.mark.parametrize("kind", WORDINGS)
def test_no_sentence_names_an_amount_but_by_the_name_of_its_row(kind: Kind) -> None:
    wording = WORDINGS[kind]
    on_page_one = (*PARTS[kind], *BRIEF[kind], *FURTHER[kind])
    said = (*wording.asks, *wording.notes, *wording.now, *on_page_one)
    sentences = [each for found in said for each in found]

    assert not [each for each in sentences if re.search(r"[$€£]", each)]
    assert not [each for each in sentences if re.search(r"\d", each.replace("12 ", ""))]


def test_note_tells_that_it_costs_no_more_from_the_first_day() -> None:
    found = compared(700, 300, (0, 1200))
    assert found.today
    dear = replace(found, rows=(row(found.today, 700, (0, 5000)), found.rows[1]))

    assert dear.note == (
        f"{TERM} “Retrieval” costs $1,200 up front. In each of the 12 months, its "
        "expected cost so far is at or below that of the current plan."
    )


def test_note_tells_what_is_at_risk() -> None:
    amount = Decimal(96_000)

    assert compared(700, 300, at_risk=amount, at_risk_if="we_go_on").note.endswith(
        "At risk if the plan goes on: $96,000 over 12 months."
    )
    assert compared(
        700, 300, at_risk=amount, at_risk_if="its_test_fails"
    ).note.endswith(
        "At risk: $96,000 once, lost if the trained model fails its test: it serves "
        "only once it passes the same cases."
    )


def test_cheaper_plan_is_not_said_to_be_spent_against_the_advice() -> None:
    found = letters(scored("documents", 20, 80), answers={"goal": ["knowledge"]})
    on: dict[str, Any] = {"at_risk": Decimal(9696), "at_risk_if": "we_go_on"}
    dear, cheap = (
        main_risks(current(), found, compared(today, 900, **on))
        for today in (1200, 300)
    )

    said = "If the current plan goes on, $9,696 over 12 months is spent against this"
    assert dear[0] == f"{said} advice."
    # The harm that the answers give takes its place.
    assert cheap[0] == dear[1]
    assert cheap[0].startswith("From the answers: ")


def test_price_of_machines_says_how_many_what_they_serve_and_where_that_is_from() -> (
    None
):
    basis = money(KNOWLEDGE).basis

    assert basis == (
        "“Tuned open model”: 2 GPUs, rented day and night, serve up to 20,300,000 "
        "calls a month (800 tokens each, without the repeated text; peaks of 3 times "
        "the average), if each GPU handles 9,300 tokens a second, half the speed of a "
        "full-load test (NVIDIA TensorRT-LLM: performance overview, checked on 27 "
        "November 2026)."
    )
    assert money(KNOWLEDGE, gpu_tokens_per_second="900").basis == ""
    alone = money(KNOWLEDGE, serving_replicas="1").basis
    assert alone.startswith("“Tuned open model”: 1 GPU, rented day and night, serve")
    assert "not your own machines." in (
        money({**KNOWLEDGE, "hosting": "self_host"}, today="prompt").basis
    )


def test_other_machines_say_their_kind_their_hours_and_who_shares_them() -> None:
    measured = {"gpu": "L40S 48 GB", "gpu_tokens_per_second": "2000"}
    many = measured | {"hours_a_day": "12", "sharing_models": "10"}

    assert money(KNOWLEDGE, **many).basis == (
        "“Tuned open model”: 2 GPUs (L40S 48 GB), rented 12 hours a day and shared "
        "by 10 "
        "tuned models with as many calls each, serve up to 438,000 calls a month of "
        "each (800 tokens each, without the repeated text; peaks of 3 times the "
        "average), if each GPU handles 2,000 tokens a second, as entered."
    )
    assert "2 GPUs, rented 1 hour a day, serve" in (
        money(KNOWLEDGE, hours_a_day="1").basis
    )
    for same in ({"hours_a_day": "24"}, {"sharing_models": "1"}):
        assert money(KNOWLEDGE, **same).basis == money(KNOWLEDGE).basis


def test_12_months_cost_less_just_where_it_is_paid_back_within_them() -> None:
    for volume in ("1000", "100000", "3000000", "40000000"):
        found = money(KNOWLEDGE, today="prompt", requests=volume)

        assert found.saving_year is not None
        assert (found.saving_year >= 0) == (found.payback_months is not None)


def test_message_tells_the_amount_where_no_saving_is_known() -> None:
    found = money(KNOWLEDGE)

    year = found.chosen.year.expected
    said = f"“Retrieval” costs about ${year:,.0f} over 12 months"
    assert replace(found, rows=(found.chosen,)).message == said
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


def test_money_is_freed_only_where_less_is_spent() -> None:
    numbers = NUMBERS | {"model": "gpt-4.1"}
    tested = letters(scored("prompt", 26), scored("examples", 33), numbers=numbers)
    found = money_of(tested)
    assert found
    assert found.today
    once, year = found.today.calendar.once, found.today.year.expected

    # 14,850 are 5,600 once, and 9,250 of months: 871 at first, then 756.
    assert once == 5600
    assert year == 14_850
    assert found.asks.endswith(", instead of $14,850 for the current plan.")
    net = found.chosen.year.expected - year
    assert f"The advice costs ${net:,} more than" in found.parts
    assert "frees" not in found.asks
    assert "At risk" not in found.note
    assert "If the plan goes on, it costs $14,850 over 12 months." in found.note
    # One cell of the appendix has both.
    both = f"{found.brief} {found.further}"
    assert both.count("If the plan goes on, it costs $14,850") == 1
