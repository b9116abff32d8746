"""What several decisions come to, in a title and in sentences."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from audits.frameworks.schema import Family
from audits.reports.pack_money import Risk, risk, totals
from audits.scoring.costs.cost_calendar import calendar_of, months_from
from audits.scoring.costs.cost_plan import Band
from audits.scoring.money_words import Money, MoneyRow

DAY = date(2026, 11, 24)


def row(role: str, month: int) -> MoneyRow:
    starts = months_from(DAY)
    amount, year = Decimal(month), Decimal(12 * month)
    return MoneyRow(
        roles=(role,),  # type: ignore[arg-type]
        technique="prompt" if role == "recommended" else "rag",
        month=Band(low=amount, expected=amount, high=amount),
        year=Band(low=year, expected=year, high=year),
        calendar=calendar_of(starts, {DAY: amount}, ()),
    )


def money(today: int | None, recommended: int, at_risk: int | None = None) -> Money:
    rows = [row("recommended", recommended)]
    if today is not None:
        rows.insert(0, row("today", today))
    return Money(
        on=DAY,
        rows=tuple(rows),
        one_off=Decimal(0),
        saving=None,
        at_risk=None if at_risk is None else Decimal(at_risk),
        at_risk_if=None if at_risk is None else "we_go_on",
        crossing=None,
    )


def undecided(month: int) -> Money:
    found = money(1000, 100)
    return replace(found, rows=(found.rows[0], row("later", month)))


@pytest.mark.parametrize(
    ("decisions", "title"),
    [
        ([money(1000, 100)], "One decision would save $10,800 over 12 months"),
        (
            [money(1000, 100), money(500, 250)],
            "Two decisions would save $13,800 over 12 months",
        ),
        (
            [money(1000, 100), money(50, 250)],
            "Two decisions are needed: one would save $10,800 and one would cost "
            "$2,400 more over 12 months",
        ),
        ([money(100, 1000)], "One decision would cost $10,800 more over 12 months"),
        (
            [money(1000, 100), money(None, 40), None],
            "Three decisions are needed: one would save $10,800 over 12 months; "
            "two are not priced",
        ),
        (
            [money(100, 100), None],
            "Two decisions are needed: one changes no cost; one is not priced",
        ),
        (
            [money(1000, 100), undecided(10)],
            "Two decisions are needed: one would save $10,800 over 12 months; "
            "one only prepares for training",
        ),
        ([None], "One decision is needed"),
        ([None] * 12, "Twelve decisions are needed"),
        ([None] * 13, "13 decisions are needed"),
    ],
)
def test_title_states_the_saving_of_what_states_both_plans(
    decisions: list[Money | None], title: str
) -> None:
    found = totals([("stop", each) for each in decisions])

    assert " ".join(found.title.split()) == title


def test_saving_that_no_decision_causes_is_not_counted() -> None:
    found = totals(
        [
            ("stop", money(1000, 100)),
            ("gather", money(9000, 100)),
            ("gather", None),
            ("tune", undecided(10)),
            ("move", None),
        ]
    )

    assert found.saved == 10_800
    assert [found.today, found.recommended] == [12_000, 1_200]
    assert " ".join(found.title.split()) == (
        "Five decisions are needed: one would save $10,800 over 12 months; "
        "two depend on measurements; one only prepares for training; one is not priced"
    )


def test_what_waits_for_another_step_is_counted_by_itself() -> None:
    found = totals([(None, money(1000, 100)), (None, None), ("stop", money(1000, 100))])

    assert (found.decisions, found.waiting, found.compared) == (1, 2, 1)
    assert found.saved == 10_800
    assert " ".join(found.title.split()) == (
        "One decision would save $10,800 over 12 months. "
        "Two more wait until something is settled"
    )


@pytest.mark.parametrize(
    ("families", "title"),
    [
        ([None], "One use case waits until something is settled"),
        ([None, None], "Two use cases wait until something is settled"),
        (
            ["stop", None],
            "One decision is needed. One more waits until something is settled",
        ),
        (
            ["stop", "gather", None, None],
            "Two decisions are needed: one depends on a measurement; one is not "
            "priced. Two more wait until something is settled",
        ),
    ],
)
def test_title_counts_as_needed_only_what_can_be_decided_now(
    families: list[Family | None], title: str
) -> None:
    assert totals([(family, None) for family in families]).title == title


def test_sums_leave_out_what_does_not_state_both_plans() -> None:
    decisions = [money(1000, 100), money(None, 40), None]
    found = totals([("stop", each) for each in decisions])

    assert (found.decisions, found.compared) == (3, 1)
    assert found.today == 12_000
    assert found.recommended == 1_200


def test_risk_is_summed_and_its_largest_parts_are_named() -> None:
    at_risk = [(f"Case {n}", money(9, 1, at_risk=n * 1000)) for n in range(1, 6)]

    assert risk(at_risk[:1], "we_go_on") == Risk(
        amount=Decimal(1000), where="$1,000 for Case 1"
    )
    assert risk(at_risk[:2], "we_go_on") == Risk(
        amount=Decimal(3000), where="$2,000 for Case 2 and $1,000 for Case 1"
    )
    four = risk(at_risk[:4], "we_go_on")
    assert four is not None
    assert four.where.endswith("$2,000 for Case 2 and $1,000 for Case 1")
    five = risk(at_risk, "we_go_on")
    assert five == Risk(
        amount=Decimal(15_000),
        where="$5,000 for Case 5, $4,000 for Case 4, $3,000 for Case 3 and "
        "$3,000 for 2 more",
    )


def test_other_risks_and_none_are_left_out() -> None:
    failing = replace(money(9, 1, at_risk=500), at_risk_if="its_test_fails")
    mixed = [("A", failing), ("B", None), ("C", money(9, 1))]

    assert risk(mixed, "we_go_on") is None
    assert risk(mixed, "its_test_fails") == Risk(
        amount=Decimal(500), where="$500 for A"
    )
