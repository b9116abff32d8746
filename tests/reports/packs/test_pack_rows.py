"""What each decision of a pack asks for, releases and holds, and what may end."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from audits.reports.packs.pack_money import totals
from audits.reports.packs.pack_risks import ending
from audits.reports.packs.said.signed_words import unsigned
from audits.scoring.costs.cost_calendar import (
    CostEvent,
    calendar_of,
    months_from,
)
from audits.scoring.money.measuring import PeopleCost
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.states import PlanState
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.sums.money_sums import Decided
from tests.reports.packs.bands import band
from tests.reports.packs.decided_plans import decided, money, row, undecided


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
        (2800, "28 hours"),
        (45, "Practices and people"),
        ("Not priced", ""),
        ("Nothing new", ""),
        ("Nothing yet", ""),
    ]
    assert found.asked.asked == band(1200 + 2800 + 10, 4045, 1200 + 2800 + 99)
    assert found.asked.released == {"running": same_ends(12_000)}
    assert found.asked.held == {"planned": same_ends(108_060)}
    assert found.price_rises == ""
    assert found.title.startswith("Four of five decisions ask for $4,045 over")
    assert found.beside_title == (
        "One has no price. One more waits until something is settled."
    )
    # Its training is in no worst case, as that is below the plan that goes on.
    assert found.lacking == "“Case” may cost $75 more after a second approval."
    assert "training" not in found.worst_case
    assert found.worst_case.endswith("high end, the net is $7,901 less.")
    assert found.on_top == ("$2,845 asked for replaces no plan.")
    assert found.not_counted == (
        "Not in the sum asked for: Case (training after a second approval, $75 more) "
        "and Case (what it leads to, not priced)."
    )


def same(month: int) -> MoneyRow:
    return replace(row("recommended", month), roles=("today", "recommended"))


def same_ends(amount: int) -> Band:
    return band(amount, amount, amount)


def rising(month: int, later: int) -> MoneyRow:
    """Return a current plan whose month costs another amount from 24 January 2027."""
    plan, rises = row("today", month), date(2027, 1, 24)
    starts = months_from(plan.starts)
    rates = {starts[0]: Decimal(month), rises: Decimal(later)}
    rise = CostEvent(day=rises, kind="price", text="Its price changes.")
    calendar = replace(calendar_of(starts, rates, ()), events=(rise,))
    year = calendar.total
    band = Band(low=year / 2, expected=year, high=2 * year)
    return replace(plan, calendar=calendar, year=band)


def ends(plan: MoneyRow, instead: int, state: PlanState = "running") -> Decided:
    found = money(1, instead)
    return decided("stop", replace(found, rows=(plan, found.rows[1])), state)


def test_released_is_the_12_months_and_names_an_announced_rise_in_them() -> None:
    # Two months at 100 and ten at 250 are 2,700, 1,500 more than
    # 12 × 100.
    found = totals([ends(rising(100, 250), 20)])

    assert found.asked.released == {"running": band(1350, 2700, 5400)}
    assert found.asked.net == {"running": band(1350 - 240, 2460, 5400 - 240)}
    assert found.come_to == ()
    assert [line.shown for line in found.in_all] == ["240", "2,700", "−2,460"]
    assert found.price_rises == (
        "In the net amounts, $1,500 is an announced price rise avoided (Case)."
    )


def test_each_rise_is_named_with_its_use_case() -> None:
    mail = replace(ends(rising(10, 20), 5, "planned"), name="Mail")

    assert totals([ends(rising(100, 250), 20), mail]).price_rises == (
        "In the net amounts, $1,500 is an announced price rise avoided "
        "(Case) and $100 is an announced price rise avoided (Mail)."
    )


def test_plan_that_becomes_cheaper_has_no_rise() -> None:
    # Two months at 100 and ten at 10 are 300.
    found = totals([ends(rising(100, 10), 20, "planned")])

    assert found.price_rises == ""
    assert found.asked.released == {"planned": band(150, 300, 600)}
    assert found.asked.net["planned"].expected == 300 - 240


def test_states_of_money_have_totals_of_their_own() -> None:
    found = totals(
        [
            decided("stop", money(1000, 100), "planned"),
            decided("stop", money(500, 100)),
            decided("gather", money(100, 100), "planned", hours=8),
        ]
    )

    assert found.come_to == (
        "Planned plans: $1,200 waits for a measurement or a step.",
    )


def test_paper_for_information_asks_for_nothing_and_ends_no_plan() -> None:
    told = replace(decided("stop", money(1000, 100)), told=True)
    found = totals([told, decided("stop", money(500, 100))])

    assert found.rows[0].no_amount == "Nothing"
    assert found.asked.released == {"running": same_ends(6000)}
    assert " ".join(found.title.split()) == (
        "One decision asks for $1,200 over 12 months"
    )
    assert found.beside_title == "One paper is for information."
    assert found.counts == "One ends a plan; one is for information."
    assert [line.counted for line in found.lines if line.head == "For information"] == [
        "1"
    ]
    assert totals([told]).title == "One paper is for information"


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


def test_decisions_say_how_many_are_signed() -> None:
    assert unsigned(7, 1) == "One of the seven is signed off by a reviewer."
    assert unsigned(2, 2) == "Both are signed off by a reviewer."
    assert unsigned(7, 7) == "All seven are signed off by a reviewer."
    assert unsigned(7) == "None of the seven is signed off by a reviewer."
    assert unsigned(1) == "It is not signed off by a reviewer."


def test_what_can_be_less_is_in_part_and_never_at_least() -> None:
    people = PeopleCost(
        low=Decimal(10), expected=Decimal(45), high=Decimal(99), is_assumed=True
    )
    alone = totals([decided("tune", replace(undecided(10), people=people))])

    assert alone.bound == "in part"
    assert [row.bound for row in alone.rows] == ["in part"]
    assert [(x.shown, x.span) for x in alone.in_all] == [("45", "10 to 99")]
    assert "asks for $45 over" in alone.title
    assert "at least" not in alone.title
