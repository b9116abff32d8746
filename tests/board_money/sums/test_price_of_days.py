"""A price that ends within days is not told as that of a month."""

from datetime import date

import pytest

from audits.scoring.assess_on import assess_on
from audits.scoring.exchange.printed_amounts import printed_amounts
from audits.scoring.money.of_assessment import money_of, todays_plan
from audits.scoring.money.rows import MoneyRow
from audits.scoring.sums.months_from_day import paid
from audits.scoring.sums.year_parts import month_of, year_in_full, year_in_short
from audits.scoring.tracking.said import said_of
from audits.services.portfolio.money.row_money import money_columns
from tests.scoring.letters import FRAMEWORK, LETTERS, NUMBERS
from tests.scoring.what_if.test_changes import inputs_of

CHANGE = date(2026, 12, 1)


def row_on(day: date) -> MoneyRow:
    numbers = NUMBERS | {"model": "gemini-4-argon"}
    found = money_of(assess_on(FRAMEWORK, inputs_of(dict(LETTERS), {}, **numbers), day))
    assert found
    assert found.today
    return found.today


@pytest.mark.parametrize("day", [date(2026, 11, 25), date(2026, 11, 30)])
def test_month_is_that_of_the_price_that_stays(day: date) -> None:
    row = row_on(day)

    assert row.first_ends == CHANGE
    assert row.month_told == row.last_month != row.month.expected
    assert year_in_short(row) == (
        f"${row.last_month:,} a month from 1 December 2026; until then at "
        f"${row.month.expected:,} a month"
    )


@pytest.mark.parametrize("day", [date(2026, 11, 20), date(2026, 12, 2)])
def test_month_is_that_of_today_where_its_price_stays_for_a_while(day: date) -> None:
    row = row_on(day)

    assert row.first_ends is None
    assert row.month_told == row.month.expected
    assert year_in_short(row) == (
        f"${row.month.expected:,} a month, then ${row.last_month:,} from "
        "1 December 2026 (new list price)"
        if day < CHANGE
        else ""
    )


def test_table_of_techniques_has_the_same_month() -> None:
    numbers = NUMBERS | {"model": "gemini-4-argon"}
    given = inputs_of(dict(LETTERS), {}, **numbers)
    found = assess_on(FRAMEWORK, given, date(2026, 11, 30))
    assert found.costs

    price = found.costs.plan.of("prompt").price

    assert price
    assert month_of("prompt", price) == row_on(date(2026, 11, 30)).month_told


def test_every_amount_of_a_month_is_the_one_that_stays() -> None:
    numbers = NUMBERS | {"model": "gemini-4-argon"}
    given = inputs_of(dict(LETTERS), {}, **numbers)
    found = assess_on(FRAMEWORK, given, date(2026, 11, 30))
    row = row_on(date(2026, 11, 30))
    plan, columns = todays_plan(found), money_columns(found)
    assert plan

    assert columns["spend"] == columns["spend_later"] == row.month_told
    assert plan.month == row.told
    assert row.told.low < row.told.expected < row.told.high
    assert paid(row, None, begins=True).month == row.month_told
    printed = {each.technique: each.month for each in printed_amounts(found)}
    assert printed["prompt"] == row.told


def test_sum_of_12_months_says_no_change_of_a_few_days() -> None:
    row = row_on(date(2026, 11, 30))

    assert abs(row.year.expected - 12 * row.month_told) <= 12
    assert year_in_full(row) == ""


def test_months_of_usage_are_compared_with_the_month_that_the_paper_tells() -> None:
    given = inputs_of(dict(LETTERS), {}, **NUMBERS | {"model": "gemini-4-argon"})
    found = assess_on(FRAMEWORK, given, date(2026, 11, 30))
    money = money_of(found)
    assert money

    said = said_of(FRAMEWORK, found)

    assert said.month.as_printed == money.chosen.told
    assert (said.prices_of, said.then) == (CHANGE, "")
