"""What each decision of a pack asks for, releases and holds, and what may end."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from audits.reports.packs.pack_money import ending, totals, unsigned
from audits.scoring.costs.cost_calendar import CostEvent
from audits.scoring.measuring_money import PeopleCost
from audits.scoring.money_row import MoneyRow
from audits.scoring.money_states import PlanState
from audits.scoring.sums.money_sums import Decided
from tests.reports.packs.test_pack_money import band, decided, money, row, undecided


def test_decision_that_only_waits_is_counted_where_it_is_held() -> None:
    waiting = [decided(None, money(1000, 100)), decided(None, money(500, 100))]
    measured = decided("gather", money(9000, 100), hours=8)

    [held] = [x for x in totals([*waiting, measured]).lines if x.kind == "hold"]
    [alone] = totals(waiting).lines

    assert (held.counted, alone.counted) == ("3, 1 also above", "2")


def test_each_decision_has_what_it_asks_for_with_what_it_buys() -> None:
    people = PeopleCost(
        low=Decimal(10), expected=Decimal(45), high=Decimal(99), is_assumed=True
    )
    found = totals(
        [
            decided("stop", money(1000, 100)),
            decided("gather", money(9000, 100), "planned", hours=28, day=800),
            decided("tune", replace(undecided(10), people=people)),
            decided("move", None),
            decided("keep", replace(money(7, 7), rows=(same(7),))),
            decided(None, money(5, 1), "planned"),
        ]
    )

    said = [(x.asked.expected if x.asked else x.no_amount, x.buys) for x in found.rows]
    assert said == [
        (1200, "Prompt"),
        (2800, "28 hours of measurements"),
        (45, "People who run a model"),
        ("Not priced", ""),
        ("Nothing new", ""),
        ("Nothing yet", ""),
    ]
    assert found.asked.asked == band(1200 + 2800 + 10, 4045, 1200 + 2800 + 99)
    assert found.asked.released == {"running": 12_000}
    assert found.asked.held == {"planned": 108_060}
    assert found.asked.span == "$4,010 to $4,099"
    assert found.for_the_minutes == (
        "They release $12,000 of running spend and hold $108,060 of planned spend."
    )
    assert found.title.startswith("Five decisions ask for at least $4,045 over")
    assert "One of them has no price" in found.title


def same(month: int) -> MoneyRow:
    return replace(row("recommended", month), roles=("today", "recommended"))


def test_release_of_one_state_is_said_once() -> None:
    both = [
        decided("stop", money(1000, 100), "planned"),
        decided("gather", money(100, 100), "planned", hours=8),
    ]

    assert totals(both).for_the_minutes == (
        "They release $12,000 and hold $1,200 of planned spend."
    )
    assert totals(both[:1]).for_the_minutes == ""


def ends_on(name: str, day: date, state: PlanState = "running") -> Decided:
    """Return a decision whose current plan pays for a model that ends on a day."""
    found = money(1000, 100)
    event = CostEvent(day=day, kind="end", text="It ends.")
    rows = [
        replace(x, calendar=replace(x.calendar, events=(event,) * ("today" in x.roles)))
        for x in found.rows
    ]
    case = decided("move", replace(found, rows=tuple(rows)), state)
    return replace(case, name=name)


def test_model_that_runs_and_ends_is_a_risk_without_an_amount() -> None:
    broker = ends_on("Broker", date(2027, 1, 14))
    earlier = ends_on("Mail", date(2026, 12, 2))
    planned = ends_on("Quote", date(2027, 1, 14), "planned")
    open_ended = decided("stop", money(1000, 100))

    assert ending([broker, planned, open_ended]) == (
        "The model of 1 running use case ends within the 12 months: Broker on "
        "14 January 2027. This is a risk to the service, without an amount, unless it "
        "moves in time."
    )
    assert ending([broker, earlier]) == (
        "The models of 2 running use cases end within the 12 months: Mail on "
        "2 December 2026 and Broker on 14 January 2027. This is a risk to the service, "
        "without an amount, unless they move in time."
    )
    assert ending([planned, open_ended]) == ""


def test_decisions_say_that_nobody_has_signed_them() -> None:
    assert unsigned(7) == "None of the seven is signed off by a reviewer."
    assert unsigned(1) == "It is not signed off by a reviewer."
