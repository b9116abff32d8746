"""What is freed is taken off a plan's month, and what was decided is not at risk."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.scoring.board.freed import Freed, PlanMonths, taken_off
from audits.scoring.costs.cost_calendar import months_from

NEW_YEAR = date(2027, 1, 1)


@pytest.mark.parametrize(
    ("freed", "leads_to", "is_carried_out", "off"),
    [
        (None, 3000, True, None),
        (6949, 3000, False, (6949, 6949)),
        (6949, 3000, True, (6949, 9349)),
        (1000, 3000, True, (1000, 4000)),
        (1000, None, True, (1000, 1000)),
        (10_000, 0, False, (9349, 9349)),
    ],
)
def test_no_more_is_taken_off_than_the_plan_costs(
    freed: int | None,
    leads_to: int | None,
    *,
    is_carried_out: bool,
    off: tuple[int, int] | None,
) -> None:
    found = taken_off(
        spend=Decimal(9349),
        freed=() if freed is None else [since(NEW_YEAR, freed)],
        leads_to=None if leads_to is None else Decimal(leads_to),
        is_carried_out=is_carried_out,
    )

    if off is None:
        assert found is None
    else:
        assert found is not None
        assert [str(found.runs), str(found.risk)] == [str(each) for each in off]
    assert not taken_off(
        spend=None, freed=[since(NEW_YEAR, 1)], leads_to=None, is_carried_out=True
    )


def test_of_12_months_is_freed_what_a_month_is_from_its_day_on() -> None:
    """Days before it count as paid, and a month that costs less is freed as a whole."""
    months = PlanMonths(
        starts=months_from(NEW_YEAR),
        running=(*[Decimal(4000)] * 6, *[Decimal(1000)] * 6),
    )
    found = taken_off(
        spend=Decimal(4000),
        freed=[since(date(2027, 3, 17), 3000)],
        leads_to=Decimal(500),
        is_carried_out=True,
        months=months,
    )

    assert found is not None
    of_march = round(Decimal(3000) * 15 / 31)
    assert found.runs_year == of_march + 3 * 3000 + 6 * 1000
    assert found.risk_year == 3 * 500 + of_march + 3 * 3500 + 6 * 1000


def test_what_a_plan_pays_once_ends_with_its_whole_month() -> None:
    """A plan of which some still runs is still moved off a model that retires."""
    move = date(2027, 4, 10)
    months = PlanMonths(
        starts=months_from(NEW_YEAR),
        running=(Decimal(4000),) * 12,
        paid=((move, Decimal(700)),),
    )
    march = date(2027, 3, 1)

    assert months.part([since(march, 4000)]) == 10 * 4000 + 700
    assert months.part([since(march, 3999)]) == 10 * 3999
    # What is freed after that day comes too late for it, and two parts are a whole.
    assert months.part([since(date(2027, 5, 1), 4000)]) == 8 * 4000
    both = [since(march, 3000), since(date(2027, 4, 1), 1000)]
    assert months.part(both) == 3000 + 9 * 4000 + 700


@given(
    costs=st.lists(st.integers(0, 9000), min_size=12, max_size=12),
    freed=st.lists(st.tuples(st.integers(-90, 500), st.integers(0, 9000)), max_size=3),
)
def test_no_more_of_12_months_is_freed_than_12_times_a_month_or_the_plan(
    costs: list[int], freed: list[tuple[int, int]]
) -> None:
    amounts = [since(NEW_YEAR + timedelta(days), month) for days, month in freed]
    plan = PlanMonths(starts=months_from(NEW_YEAR), running=(*map(Decimal, costs),))
    dearer = replace(plan, running=tuple(each + 100 for each in plan.running))

    found = plan.part(amounts)

    last = plan.starts[-1]
    left = [max(min((last - each.day).days, 365), 0) for each in amounts]
    # No month has less than 28 days, so a day is at most that part of one.
    most = sum(
        each.month * min(Decimal(12), Decimal(days) / 28)
        for each, days in zip(amounts, left, strict=True)
    )
    assert 0 <= found <= min(most + 1, Decimal(sum(costs)))
    assert found <= dearer.part(amounts)
    earlier = [since(each.day - timedelta(9), int(each.month)) for each in amounts]
    assert found <= plan.part(earlier)


def since(day: date, month: int) -> Freed:
    return Freed(day=day, month=Decimal(month))
