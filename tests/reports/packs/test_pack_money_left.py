"""What plans cost from the day of a decision on, and what is spent by then."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from audits.reports.packs.pack_money import Totals, totals
from audits.scoring.costs.cost_calendar import (
    OneOff,
    calendar_of,
    months_from,
)
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.words import Money
from audits.scoring.pricing.cost_plan import Band
from tests.reports.packs.bands import band
from tests.reports.packs.decided_plans import (
    DAY,
    decided,
    money,
)


def left_of(found: Totals) -> list[Decimal]:
    """Return each line from a day on: what ends, what replaces it, and the net."""
    return [line.from_day.expected for line in found.lines if line.from_day]


def rests(found: Totals) -> list[tuple[object, ...]]:
    return [(rest.what, rest.amount, rest.from_day) for rest in found.rests]


def test_12_months_cost_the_same_from_the_day_of_the_decision() -> None:
    decisions = [decided("stop", money(1000, 100)), decided("stop", money(500, 800))]
    found = totals(decisions, date(2027, 1, 9))  # 46 days: a month, and 16 of 31 days

    assert left_of(found) == [18_000, -10_800, 7200]
    ends = [
        plan.ends.from_day.expected for plan in found.released if plan.ends.from_day
    ]
    assert ends == [12_000, 6000]
    assert [plan.net_from_day for plan in found.released] == [10_800, -3600]
    assert rests(found) == [
        ("Running plans", 7200, 7200),
        ("Without “Case”", -3600, -3600),
    ]
    same, undated = (rests(totals(decisions, day)) for day in (DAY, None))
    assert same == [("Running plans", 7200, 7200), ("Without “Case”", -3600, -3600)]
    assert undated == [(what, year, None) for what, year, _ in same]


def test_net_on_the_day_that_rests_on_one_decision_says_what_it_is_without_it() -> None:
    names = {"Large": (1100, 100), "Small": (200, 100)}
    found = totals(
        [
            replace(decided("stop", money(*months)), name=name)
            for name, months in names.items()
        ],
        date(2027, 5, 24),
    )

    assert left_of(found) == [15_600, -2400, 13_200]
    assert rests(found) == [
        ("Running plans", 13_200, 13_200),
        ("Without “Large”, 91% of it", 1200, 1200),
    ]
    assert found.spent_once == ""


def test_net_that_turns_without_its_largest_decision_says_so_on_the_day_too() -> None:
    names = {"Large": (500, 100), "Dear": (100, 300), "Small": (200, 100)}
    decisions = [
        replace(decided("stop", money(*months)), name=name)
        for name, months in names.items()
    ]
    found = totals(decisions, date(2027, 5, 24))

    assert left_of(found) == [9600, -6000, 3600]
    assert rests(found) == [
        ("Running plans", 3600, 3600),
        ("Without “Large”", -1200, -1200),
    ]


def with_once(found: Money, role: str, amount: int) -> Money:
    """Return money of which a row has a one-off cost on the first day."""
    line = OneOff(day=DAY, what="Build it", amount=Decimal(amount))

    def paying(row: MoneyRow) -> MoneyRow:
        rate = row.month.expected
        calendar = calendar_of(months_from(DAY), {DAY: rate}, (line,))
        year = calendar.total
        return replace(
            row,
            year=Band(low=year / 2, expected=year, high=2 * year),
            calendar=calendar,
        )

    rows = [paying(row) if role in row.roles else row for row in found.rows]
    return replace(found, rows=tuple(rows))


def test_one_off_cost_is_spent_only_where_the_plan_runs() -> None:
    half_a_year_on = date(2027, 5, 24)
    paid = with_once(money(1000, 100), "today", 2000)
    planned = replace(paid, rows=tuple(replace(x, state="planned") for x in paid.rows))

    [running] = totals([decided("stop", paid)], half_a_year_on).released
    [waiting] = totals([decided("stop", planned, "planned")], half_a_year_on).released

    assert running.ends.from_day is not None
    assert waiting.ends.from_day is not None
    assert [running.ends.from_day.expected, running.ends.spent] == [12_000, 2000]
    assert [waiting.ends.from_day.expected, waiting.ends.spent] == [14_000, 0]
    proposed = with_once(money(1000, 100), "recommended", 500)
    [new] = totals([decided("stop", proposed)], half_a_year_on).released
    assert new.instead.from_day is not None
    assert new.instead.from_day.expected == 1200 + 500


def test_12_months_from_a_day_have_a_range_as_wide_as_that_of_the_12_months() -> None:
    paid = with_once(money(1000, 100), "today", 2000)
    found = totals([decided("stop", paid)], date(2027, 5, 24))

    release, spend, net = (line.from_day for line in found.lines)

    assert release == band(6000, 12_000, 24_000)
    assert spend == band(-1200, -1200, -1200)
    assert net == band(4800, 10_800, 22_800)
    assert found.spent_once == "Counted as spent once by then: $2,000 for “Case”."
    [plan] = found.released
    assert plan.ends.from_day
    assert plan.instead.from_day
    by = (x.year - x.from_day.expected for x in (plan.ends, plan.instead) if x.from_day)
    assert [*by, plan.net_from_day] == [2000, 0, 10_800]
