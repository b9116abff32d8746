"""The range of a difference: a number behind two plans is the same in both."""

from decimal import Decimal

import pytest

from audits.scoring.pricing.cost_plan import Band
from audits.scoring.pricing.difference import Plans, lead_band, net_band, net_from_day
from tests.reports.packs.bands import band
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.pricing.test_sensitivity import SWINGS
from tests.scoring.twelve_verdicts import ANSWERS

YEAR = Plans(ends=band(600, 1000, 2000), instead=band(300, 500, 900))


def test_effects_of_numbers_on_a_lead_add_like_independent_errors() -> None:
    days, *_ = SWINGS
    only = lead_band(Decimal(1000), [days])
    both = lead_band(Decimal(1000), [days, days])

    # 4,000 less at one end and 2,400 more at the other; twice the squares.
    assert only == band(-3000, 1000, 3400)
    assert both == band(1000 - 5657, 1000, 1000 + 3394)
    assert lead_band(Decimal(7), []) == band(7, 7, 7)


def test_span_of_a_difference_needs_to_be_about_both_plans() -> None:
    alike = band(300, 500, 900)

    assert net_band(YEAR, alike) == alike
    apart = band(600 - 900, 500, 2000 - 300)
    assert net_band(YEAR, None) == net_band(YEAR, band(1, 499, 900)) == apart


def test_what_is_left_of_a_net_has_as_much_of_its_span_as_is_left_of_both() -> None:
    half = Plans(ends=band(300, 500, 1000), instead=band(150, 250, 450))

    assert net_from_day(YEAR, half, band(300, 500, 900)) == band(150, 250, 450)
    # Where each plan is at an end of its own, so is what is left of it.
    apart = net_from_day(YEAR, half, YEAR.at_own_ends)
    assert apart == half.at_own_ends == band(300 - 450, 250, 1000 - 150)
    nothing = Plans(ends=band(0, 0, 0), instead=band(0, 0, 0))
    assert net_from_day(nothing, nothing, band(-1, 0, 1)) == band(0, 0, 0)


@pytest.mark.parametrize("verdict", ["stop_fine_tuning", "few_shot", "rag"])
def test_range_of_a_difference_is_within_that_of_both_plans_at_their_own_ends(
    verdict: str,
) -> None:
    found = assessed(ANSWERS[verdict], today="fine_tune_own").costs

    assert found is not None
    first, *_ = found.swings
    years = [
        price.year_as_printed
        for each in (first.against, first.technique)
        if (price := found.plan.of(each).price)
    ]
    widest, all_numbers = Plans(*years).at_own_ends, found.lead_in_all
    assert all_numbers is not None
    assert all_numbers.expected == widest.expected == found.lead
    assert widest.low < all_numbers.low < found.lead < all_numbers.high < widest.high
    # It has each end of each number that nobody entered.
    assumed = {swing.input_id for swing in found.assumed_swings}
    moved = [x for x in found.printed_swings if x.input_id in assumed]
    ends = [end for each in moved for end in each.ends]
    assert all_numbers.low <= min(ends)
    assert max(ends) <= all_numbers.high
    assert found.may_turn == (all_numbers.low < 0 < all_numbers.high)
    assert found.difference(first.technique, first.against) == all_numbers
    assert found.difference(first.against, first.technique) is None


def test_plan_whose_numbers_are_all_certain_has_no_span() -> None:
    assert net_band(Plans(band(9, 9, 9), band(4, 4, 4)), None) == Band(
        low=Decimal(5), expected=Decimal(5), high=Decimal(5)
    )
