"""Amounts with spans are added in one way, whichever page or row adds them."""

from decimal import Decimal
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from audits.frameworks.loading.loader import current
from audits.scoring.money.measuring import together
from audits.scoring.options.options import options
from audits.scoring.pricing.added_up import Part, added_up
from audits.scoring.pricing.cost_plan import Band
from tests.examples import up_to
from tests.scoring.costs.worked_decisions import assessed, money
from tests.scoring.twelve_verdicts import ANSWERS

AMOUNTS = st.integers(0, 50_000).map(Decimal)


@st.composite
def parts(draw: st.DrawFn) -> Part:
    """An amount that a day of work and one number of its own move."""
    expected = draw(st.integers(60_000, 500_000).map(Decimal))
    low, high, own_low, own_high = (draw(AMOUNTS) for _ in range(4))
    below = (low**2 + own_low**2).sqrt()
    above = (high**2 + own_high**2).sqrt()
    band = Band(
        low=max(expected - below, Decimal(0)), expected=expected, high=expected + above
    )
    return Part(band=band, moves={"engineer_day": (-low, high)})


@given(st.lists(parts(), min_size=2, max_size=3))
@settings(max_examples=up_to(100))
def test_sum_is_the_same_in_any_order_and_between_the_two_simple_ones(
    found: list[Part],
) -> None:
    summed = added_up(found)
    assert summed

    for order in permutations(found):
        again = added_up(order)
        assert again
        assert max(abs(again.low - summed.low), abs(again.high - summed.high)) <= 1
    # A number that moves several is worse than as many errors that even out, and
    # never as bad as each amount at its own worst.
    apart = together(*(x.band for x in found))
    assert apart
    assert summed.low <= apart.low + 1
    assert summed.high >= apart.high - 1
    assert summed.low >= sum(x.band.low for x in found) - 1
    assert summed.high <= sum(x.band.high for x in found) + 1
    # Where nothing is shared, it is the sum of independent errors.
    alone = added_up([Part(band=x.band) for x in found])
    assert alone == apart


def test_row_of_options_moves_the_price_of_a_day_in_both_of_its_parts() -> None:
    """Page 1 asks for measuring and a set-up by the rule of its options."""
    gathers = ANSWERS["gather_evidence"]
    numbers = {"today": "prompt", "engineer_day": None, "measuring_factor": None}
    found = money(gathers, **numbers)
    [chosen] = [
        x.cost for x in options(current(), assessed(gathers, **numbers)) if x.is_chosen
    ]

    assert found.measuring
    assert found.measuring.amount
    apart = together(found.measuring.amount, found.chosen.year)
    assert apart
    # √(1,345² + 3,778²) below. At 500 a day, measuring costs 1,050 less and the set-up
    # of 5 days 1,500 less: √(1,345² + 3,778² + 2 × 1,050 × 1,500) = 4,385.
    assert [int(apart.low), int(apart.high)] == [22_224, 35_677]
    assert chosen == "26,234 (21,849–36,545)"
