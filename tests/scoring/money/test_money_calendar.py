"""The months behind the money, and what happens in them."""

from datetime import date
from decimal import Decimal

from audits.scoring.sums.calendar import MoneyMonths, months_of
from tests.scoring.money.compared_plans import compared
from tests.scoring.money.test_money import KNOWLEDGE, SPEED, money

ENDING = {"model": "gpt-5", "tuned": "gpt-4o-mini", "today": "fine_tune_hosted"}


def months(**numbers: str) -> MoneyMonths:
    return months_of(money(KNOWLEDGE, **numbers))


def test_months_of_both_plans_stand_beside_each_other_and_add_up() -> None:
    found = months(**ENDING)

    assert found.today
    assert [row.technique for row in found.rows] == ["fine_tune_hosted", "rag"]
    ours, theirs = zip(*found.pairs, strict=True)
    assert ours == found.chosen.calendar.months
    assert theirs == found.today.calendar.months
    assert sum(month.amount for month in ours) == found.chosen.year.expected
    assert sum(month.amount for month in theirs) == found.today.year.expected


def test_what_happens_is_told_in_order_with_what_is_paid_for_it() -> None:
    told = [
        (each.number, each.day, each.names, each.once)
        for each in months(**ENDING).happenings
    ]

    assert told == [
        (1, date(2026, 12, 11), ("Retrieval",), Decimal(5600)),
        (2, date(2027, 1, 6), ("Tuned hosted model",), Decimal(0)),
        (3, date(2027, 1, 14), ("Tuned hosted model",), Decimal(5600)),
    ]


def test_what_happens_to_both_is_told_once() -> None:
    found = months(model="gpt-5", today="prompt").happenings

    assert [each.names for each in found] == [("Prompt", "Retrieval")]
    assert found[0].text == (
        "GPT-5 retires. From then on, costs are for its named replacement, GPT-6.1 Sol."
    )


def test_what_is_paid_before_it_runs_is_told_in_lines() -> None:
    built = months(**ENDING).builds

    assert [(name, paid.once) for name, paid in built] == [
        ("Tuned hosted model", Decimal(19_322)),
        ("Retrieval", Decimal(8300)),
    ]
    assert [line.words for line in built[1][1].one_offs] == [
        "Build and test retrieval: 10 days at $800",
        "Get right answers for the test set: 200 examples at $1.50",
    ]
    assert [name for name, _ in months(today="prompt").builds] == ["Retrieval"]


def test_what_is_paid_once_later_is_told_with_the_sum_that_its_row_has() -> None:
    found = months(**ENDING)

    said = {name: paid.then for name, paid in found.builds}

    assert found.today
    assert found.today.calendar.once == Decimal(24_922)
    assert said["Tuned hosted model"] == (
        "With $5,600 more on 14 January 2027, $24,922 is paid once in all."
    )
    assert [paid.then for _, paid in months(today="prompt").builds] == [""]


def test_plan_that_is_recommended_stands_alone() -> None:
    found = months_of(money(SPEED))

    assert found.today is None
    assert found.rows == (found.chosen,)
    assert {today for _, today in found.pairs} == {None}


def test_message_names_the_month_that_costs_most() -> None:
    flat, paid = compared(700, 300), compared(700, 300, (2, 100))
    assert months_of(flat).message == "Every month of “Retrieval” costs $300"
    assert months_of(paid).message == (
        "“Retrieval” costs most in the month from 24 January 2027: $400"
    )


def test_thousands_are_shown_where_a_month_has_six_digits() -> None:
    assert not months_of(compared(99_999, 300)).in_thousands
    assert months_of(compared(100_000, 300)).in_thousands
    assert months_of(compared(1, 300, (0, 99_700))).in_thousands


def test_saving_of_a_month_is_that_of_every_month_if_none_changes() -> None:
    found = money(KNOWLEDGE)

    assert found.today
    assert found.saving == found.today.month.expected - found.chosen.month.expected
