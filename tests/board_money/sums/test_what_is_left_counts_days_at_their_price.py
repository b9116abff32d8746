"""12 months from a later day are counted by days, at the price of each."""

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
from audits.scoring.sums.months_from_day import less_from
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
    ("on", "less"),
    [
        (DAY, 0),
        # From then on, no day costs the old price: 7 of 30 days at 4,000 more.
        (RISES, -933),
        (date(2026, 12, 9), -933),
        (STARTS[1], -933),
        (date(2027, 1, 8), -933),
        (STARTS[-1], -933),
        # 3 days later, 4 of the 7 are left.
        (date(2026, 11, 27), -400),
    ],
)
def test_days_at_the_old_price_are_paid_at_the_new_one_from_its_day(
    on: date, less: int
) -> None:
    rises = calendar({DAY: FIRST, RISES: 2 * FIRST}).as_printed

    assert less_from(rises, on, FIRST, begins=False) == less


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
def test_months_from_a_day_have_its_days_and_later_ones_at_the_last_price(
    changes: dict[int, dict[int, Decimal]], first: Decimal, on: int
) -> None:
    rates = {DAY: first}
    for number, found in sorted(changes.items()):
        for days in sorted(found.keys() - ({0} if number == 0 else set())):
            rates[STARTS[number] + timedelta(days=days)] = found[days]
    day = DAY + timedelta(days=on)
    by_day, last = Decimal(0), [*rates.values()][-1]
    for start, end in pairwise(STARTS):
        for number in range((min(day, end) - start).days):
            rate = [
                x for since, x in rates.items() if since <= start + timedelta(number)
            ]
            by_day += (rate[-1] - last) / (end - start).days

    less = less_from(calendar(rates), day, first, begins=False)

    assert abs(less - by_day) <= Decimal("0.5001")
