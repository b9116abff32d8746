"""What several decisions come to, in a title and in sentences."""

from dataclasses import replace
from decimal import Decimal

import pytest

from audits.frameworks.schema import Family
from audits.reports.packs.pack_money import Totals, totals
from audits.reports.packs.pack_risks import Risk, risk
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.sums.money_sums import Decided
from tests.reports.packs.bands import band
from tests.reports.packs.decided_plans import (
    DAY,
    decided,
    money,
    undecided,
)


def title_of(*decisions: Decided) -> str:
    return " ".join(totals(decisions).title.split())


@pytest.mark.parametrize(
    ("decisions", "title"),
    [
        (
            [decided("stop", money(1000, 100))],
            "One decision asks for $1,200 over 12 months",
        ),
        (
            [decided("stop", money(1000, 100)), decided("stop", money(50, 250))],
            "Two decisions ask for $4,200 over 12 months",
        ),
        (
            [
                decided("stop", money(1000, 100)),
                decided("stop", money(100, 250), "planned"),
            ],
            "Two decisions ask for $4,200 over 12 months",
        ),
        (
            [decided("rebuild", money(None, 40))],
            "One decision asks for $480 over 12 months",
        ),
        (
            [
                decided("gather", money(1000, 100), hours=28, day=800),
                decided("gather", None, hours=4),
            ],
            "One of two decisions asks for at least $2,800 over 12 months",
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
def test_title_says_the_total_that_is_asked_for(
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
    known = {"end", "spend", "net", "hold", "same"}
    assert (found.released[1:], kinds) == ((), known)
    [only] = found.released
    assert [only.ends.year, only.instead.year, only.net] == [36_000, 36_000, 0]
    assert found.counts == (
        "One ends a plan; one depends on a measurement; one only prepares for "
        "training; one has stopped already; one leads to what has no price."
    )


def test_every_decision_is_in_a_line_of_the_table() -> None:
    found = totals(
        [
            decided("stop", money(2000, 100)),
            decided("stop", money(2000, 100), "planned"),
            decided("rebuild", money(None, 40)),
            decided("gather", money(9000, 100), hours=8),
            decided("gather", None),
            decided("tune", undecided(10)),
            decided("move", None),
            decided("stop", money(4000, 100), "stopped"),
        ]
    )

    # A net repeats what it is of, and a hold what waits.
    counted = {line.head: line.counted for line in found.lines if line.counted}
    held = counted.pop("Hold")
    once = [int(line.counted) for line in found.lines if line.counted.isdigit()]
    assert sum(once) == found.decisions == len(found.rows) == 8
    assert held == "1, also above"


def test_what_trained_needs_first_is_spend_without_a_price() -> None:
    [line] = totals([decided("tune", undecided(10))]).lines

    assert (line.kind, line.head) == ("spend", "Training")
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
    assert (release.span, spend.span) == (*("10,200 to 16,200", "1,600 to 2,600"),)
    assert net.span == "\u221214,600 to \u22127,600"
    assert net.amount == Band(
        low=Decimal(7600), expected=Decimal(11_400), high=Decimal(14_600)
    )


def test_plan_that_ends_is_named_with_what_replaces_it() -> None:
    [planned, running] = totals(
        [
            replace(decided("stop", money(50, 60), "planned"), name="Later"),
            replace(decided("stop", money(1000, 100)), name="Now"),
        ]
    ).released

    assert (running.name, planned.name) == ("Now", "Later")
    ends, instead = running.ends, running.instead
    assert [ends.month, ends.year, instead.year] == [1000, 12_000, 1200]
    assert [ends.months, ends.once, ends.changes] == [12_000, 0, 0]
    assert [running.net, planned.net] == [10_800, -120]
    assert (ends.name, instead.name, running.since) == ("Retrieval", "Prompt", DAY)


def rests(found: Totals) -> list[tuple[object, ...]]:
    return [(rest.what, rest.amount) for rest in found.rests]


def test_decision_that_makes_most_of_a_net_is_named_with_the_rest() -> None:
    large = replace(decided("stop", money(1000, 100)), name="Large")
    small = [replace(decided("stop", money(200, 100)), name=f"S{n}") for n in "12"]
    equal = [replace(decided("stop", money(200, 100)), name=f"E{n}") for n in "12"]
    dear = [replace(decided("stop", money(100, 200)), name="Dear"), large]

    assert rests(totals([large, *small])) == [
        ("Running plans", 13_200),
        ("Without “Large”, 82% of it", 2400),
    ]
    assert rests(totals(dear)) == [
        ("Running plans", 9600),
        ("Without “Large”", -1200),
    ]
    assert rests(totals([large])) == rests(totals([*equal, *small])) == []


def test_what_waits_for_another_step_is_counted_by_itself() -> None:
    waits = decided(None, money(1000, 100), "planned")
    found = totals([waits, decided(None, None), decided("stop", money(1000, 100))])

    assert (found.decisions, found.waiting) == (1, 2)
    assert " ".join(found.title.split()) == (
        "One decision asks for $1,200 over 12 months"
    )
    assert found.beside_title == "Two more wait until something is settled."
    assert found.asked.held == {"planned": band(*(12_000,) * 3)}


@pytest.mark.parametrize(
    ("families", "title"),
    [
        ([None], "One use case waits until something is settled"),
        ([None, None], "Two use cases wait until something is settled"),
        (
            ["stop", None],
            "One decision is needed",
        ),
        (
            ["stop", "gather", None, None],
            "Two decisions are needed",
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
        amount=Decimal(1000),
        where="$1,000 for Case 1",
        parts=(("Case 1", Decimal(1000), ""),),
    )
    assert risk(at_risk[:2], "we_go_on") == Risk(
        amount=Decimal(3000),
        where="$2,000 for Case 2 and $1,000 for Case 1",
        number=2,
        parts=(("Case 2", Decimal(2000), ""), ("Case 1", Decimal(1000), "")),
    )
    four = risk(at_risk[:4], "we_go_on")
    assert four is not None
    assert four.where.endswith("$2,000 for Case 2 and $1,000 for Case 1")
    five = risk(at_risk, "we_go_on")
    assert five == Risk(
        amount=Decimal(15_000),
        where="$5,000 for Case 5, $4,000 for Case 4, $3,000 for Case 3 and "
        "$3,000 for 2 more",
        number=5,
        parts=tuple((f"Case {n}", Decimal(n * 1000), "") for n in (5, 4, 3, 2, 1)),
    )


def test_other_risks_and_none_are_left_out() -> None:
    failing = replace(money(9, 1, at_risk=500), at_risk_if="its_test_fails")
    mixed = [("A", failing), ("B", None), ("C", money(9, 1))]

    assert risk(mixed, "we_go_on") is None
    assert risk(mixed, "its_test_fails") == Risk(
        amount=Decimal(500),
        where="$500 for A",
        parts=(("A", Decimal(500), ""),),
    )


def test_row_of_totals_says_what_is_asked_for_beyond_the_plans_that_end() -> None:
    now, later = (
        decided("stop", money(1000, 100)),
        decided("stop", money(100, 150), "planned"),
    )
    found = totals([now, later])

    # Each net has its own amount: they are never added up.
    of_all = found.of_all
    assert (of_all.name, of_all.net) == ("Total recommended and asked for", None)
    nets = {line.head: line.shown for line in found.lines if line.kind == "net"}
    assert nets == {"Running": "−10,800", "Planned": "+600"}
    alone = totals([later]).of_all
    assert alone.name == "Total"
    assert alone.net == 600
    assert alone.net_if_paid is None
    assert found.on_top == ""
    measured = totals([decided("gather", undecided(10))])
    assert measured.on_top == ""
