"""What is over on a day is counted by days, before and after a change of a price."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audits.scoring.costs.cost_calendar import (
    CostCalendar,
    CostEvent,
    calendar_of,
    months_from,
)
from audits.scoring.sums.money_left import passed
from tests.examples import up_to

DAY = date(2026, 11, 24)
STARTS = months_from(DAY)
RISES = date(2026, 12, 1)
FIRST = Decimal(4000)


def calendar(rates: dict[date, Decimal]) -> CostCalendar:
    """Return 12 months whose rate changes as announced prices do."""
    events = [CostEvent(day=day, kind="price", text="") for day in rates if day != DAY]
    return calendar_of(STARTS, rates, (), events)


@pytest.mark.parametrize(
    ("on", "over"),
    [
        (DAY, 0),
        (RISES, 933),  # 7 × 4,000 / 30
        (date(2026, 12, 9), 3067),  # and 8 × 8,000 / 30
        (STARTS[1], 7067),  # and 23 × 8,000 / 30
        (date(2027, 1, 8), 10_938),  # and 15 × 8,000 / 31
        (STARTS[-1], 95_067),  # as V13 of docs/method.md
    ],
)
def test_days_at_the_old_price_are_not_paid_at_the_new_one(on: date, over: int) -> None:
    rises = calendar({DAY: FIRST, RISES: 2 * FIRST}).as_printed

    assert passed(rises, on, FIRST, begins=False) == over


_DOLLARS = st.integers(0, 9999).map(Decimal)
# Up to two changes in every third month, so that the months beside it have one rate.
_CHANGES = st.fixed_dictionaries(
    {
        number: st.dictionaries(st.integers(0, 27), _DOLLARS, max_size=2)
        for number in (0, 3, 6, 9)
    }
)


@settings(max_examples=up_to(500), deadline=None)
@given(changes=_CHANGES, first=_DOLLARS, on=st.integers(1, 364))
def test_what_is_over_is_the_sum_of_its_days(
    changes: dict[int, dict[int, Decimal]], first: Decimal, on: int
) -> None:
    rates = {DAY: first}
    for number, found in sorted(changes.items()):
        for days in sorted(found.keys() - ({0} if number == 0 else set())):
            rates[STARTS[number] + timedelta(days=days)] = found[days]
    day = DAY + timedelta(days=on)
    by_day = Decimal(0)
    for start, end in pairwise(STARTS):
        for number in range((min(day, end) - start).days):
            rate = [
                x for since, x in rates.items() if since <= start + timedelta(number)
            ]
            by_day += rate[-1] / (end - start).days

    over = passed(calendar(rates), day, first, begins=False)

    assert abs(over - by_day) <= Decimal("0.5001")
