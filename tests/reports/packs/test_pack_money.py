"""What several decisions come to, in a title and in sentences."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from audits.frameworks.schema import Family
from audits.reports.packs.pack_money import Risk, risk, totals
from audits.scoring.costs.cost_calendar import calendar_of, months_from
from audits.scoring.measuring_money import MeasuringCost
from audits.scoring.money_states import PlanState
from audits.scoring.money_sums import Decided
from audits.scoring.money_words import Money, MoneyRow
from audits.scoring.pricing.cost_plan import Band

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


def decided(
    family: Family | None,
    money: Money | None,
    state: PlanState = "running",
    hours: int = 0,
    day: int | None = None,
) -> Decided:
    price = None if day is None else Decimal(day)
    band = Band(low=price, expected=price, high=price) if price else None
    measuring = MeasuringCost(hours=hours, day=band, is_given=True) if hours else None
    return Decided(
        name="Case", family=family, money=money, state=state, measuring=measuring
    )


def title_of(*decisions: Decided) -> str:
    return " ".join(totals(decisions).title.split())


@pytest.mark.parametrize(
    ("decisions", "title"),
    [
        (
            [decided("stop", money(1000, 100))],
            "One decision over 12 months. Running: release $12,000, spend $1,200, net "
            "$10,800 less",
        ),
        (
            [decided("stop", money(1000, 100)), decided("stop", money(50, 250))],
            "Two decisions over 12 months. Running: release $12,600, spend $4,200, net "
            "$8,400 less",
        ),
        (
            [
                decided("stop", money(1000, 100)),
                decided("stop", money(100, 250), "planned"),
            ],
            "Two decisions over 12 months. Running: release $12,000, spend $1,200, net "
            "$10,800 less. Planned: release $1,200, spend $3,000, net $1,800 more",
        ),
        (
            [decided("rebuild", money(None, 40))],
            "One decision over 12 months. New: spend $480",
        ),
        (
            [
                decided("gather", money(1000, 100), hours=28, day=800),
                decided("gather", None, hours=4),
            ],
            "Two decisions over 12 months. Measurements: spend $2,800. "
            "Hold: $12,000 running",
        ),
        (
            [decided("stop", money(1000, 100), "stopped"), decided("stop", None)],
            "Two decisions are needed",
        ),
        ([decided("tune", undecided(10))], "One decision is needed"),
        ([decided("stop", None)], "One decision is needed"),
        ([decided("stop", None)] * 12, "Twelve decisions are needed"),
        ([decided("stop", None)] * 13, "13 decisions are needed"),
    ],
)
def test_title_says_what_is_released_spent_and_held(
    decisions: list[Decided], title: str
) -> None:
    assert title_of(*decisions) == title


def test_nothing_is_released_that_no_decision_ends() -> None:
    found = totals(
        [
            decided("gather", money(9000, 100), hours=8),
            decided("tune", undecided(10)),
            decided(None, money(5000, 100)),
            decided("stop", money(4000, 100), "stopped"),
            decided("keep", money(3000, 3000)),
            decided("move", None),
        ]
    )

    kinds = {line.kind for line in found.lines}
    assert (found.released[1:], kinds) == ((), {"release", "spend", "net", "hold"})
    [only] = found.released
    assert [only.year, only.cost, only.net] == [36_000, 36_000, 0]
    assert found.counts == (
        "One ends a plan; one depends on a measurement; one only prepares for "
        "training; one has stopped already; one is not priced."
    )


def test_what_trained_needs_first_is_spend_without_a_price() -> None:
    [line] = totals([decided("tune", undecided(10))]).lines

    assert (line.kind, line.what) == ("spend", "what training still lacks")
    assert (line.number, line.unpriced, line.amount) == (1, 1, None)


def test_each_kind_has_its_number_and_its_span() -> None:
    wide = money(1000, 100)
    spans = {"today": (9000, 15_000), "recommended": (1000, 2000)}
    rows = tuple(
        replace(
            row,
            year=replace(row.year, low=Decimal(low), high=Decimal(high)),
        )
        for row in wide.rows
        for low, high in [spans[row.roles[0]]]
    )
    both = [decided("stop", replace(wide, rows=rows)), decided("stop", money(100, 50))]

    release, spend, net = totals(both).lines

    assert [line.number for line in (release, spend, net)] == [2, 2, 2]
    assert (release.span, spend.span) == (
        *("10,200 to 16,200", "\u22122,600 to \u22121,600"),
    )
    assert net.amount == Band(
        low=Decimal(7600), expected=Decimal(11_400), high=Decimal(14_600)
    )


def test_plan_that_ends_is_named_with_what_replaces_it() -> None:
    [running, planned] = totals(
        [
            replace(decided("stop", money(50, 60), "planned"), name="Later"),
            replace(decided("stop", money(1000, 100)), name="Now"),
        ]
    ).released

    assert (running.name, planned.name) == ("Now", "Later")
    assert [running.month, running.year, running.cost] == [1000, 12_000, 1200]
    assert [running.net, planned.net] == [10_800, -120]
    assert (running.replaced_by, running.since) == ("Prompt", DAY)


def test_what_waits_for_another_step_is_counted_by_itself() -> None:
    waits = decided(None, money(1000, 100), "planned")
    found = totals([waits, decided(None, None), decided("stop", money(1000, 100))])

    assert (found.decisions, found.waiting) == (1, 2)
    assert " ".join(found.title.split()) == (
        "One decision over 12 months. Running: release $12,000, spend $1,200, net "
        "$10,800 less. Hold: $12,000 planned. Two more wait until something is settled"
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
            "Two decisions are needed. Two more wait until something is settled",
        ),
    ],
)
def test_title_counts_as_needed_only_what_can_be_decided_now(
    families: list[Family | None], title: str
) -> None:
    assert title_of(*(decided(family, None) for family in families)) == title


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
