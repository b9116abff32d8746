"""What is spent from a day on is a part of the 12 months, by days."""

from datetime import date
from decimal import Decimal

import pytest

from audits.scoring.calendars.spent_from import spent_from
from audits.scoring.costs.cost_calendar import (
    CostCalendar,
    OneOff,
    calendar_of,
    months_from,
)

START = date(2026, 11, 1)
ENDS = date(2027, 1, 16)


@pytest.fixture
def ending() -> CostCalendar:
    """Return a plan of $310 a month that goes on at $62, moved for $500."""
    one_offs = [
        OneOff(day=START, what="training", amount=Decimal(1000)),
        OneOff(day=ENDS, what="the move", amount=Decimal(500)),
    ]
    rates = {START: Decimal(310), ENDS: Decimal(62)}
    return calendar_of(months_from(START), rates, one_offs)


def test_part_after_the_end_has_the_move_and_the_days_left(
    ending: CostCalendar,
) -> None:
    # 16 of the 31 days of January, and nine months more.
    assert spent_from(ending, ENDS) == 500 + 32 + 9 * 62


def test_whole_12_months_are_spent_from_their_first_day(ending: CostCalendar) -> None:
    assert spent_from(ending, START) == ending.total


def test_part_before_the_end_is_what_the_plan_costs_until_then(
    ending: CostCalendar,
) -> None:
    # November, December and 15 of the 31 days of January.
    assert ending.total - spent_from(ending, ENDS) == 1000 + 2 * 310 + 150


def test_nothing_is_spent_from_the_day_after_the_last_on(ending: CostCalendar) -> None:
    assert spent_from(ending, date(2027, 11, 1)) == 0
