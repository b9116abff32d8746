"""What costs less than the plan says when it costs more: later, or at its most."""

from dataclasses import replace
from decimal import Decimal

import pytest

from audits.reports.packs.said.waiting_words import cheaper_later
from audits.scoring.money.earned import pays_too_little
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.words import Money
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.summary.headings import money_says
from audits.scoring.sums.asked.net_parts import net_parts
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.money.compared_plans import compared
from tests.scoring.twelve_verdicts import ANSWERS

PLAN = {"today": "fine_tune_hosted", "tuned": "gpt-4o-mini", "smaller": "gpt-6-luna"}


def money() -> Money:
    found = money_of(assessed(ANSWERS["few_shot"], **PLAN), "planned")
    assert found
    return found


def with_high(found: Money, high: int) -> Money:
    """Return it with what is advised at its most."""
    year = found.chosen.year
    band = Band(low=year.low, expected=year.expected, high=Decimal(high))
    chosen = replace(found.chosen, year=band)
    others = (row for row in found.rows if row != found.chosen)
    return replace(found, rows=(chosen, *others))


# It saves 15,956 in 12 months, and then costs 1,592 − 783 a month more: 19.7 months.
def test_page_one_says_when_the_saving_is_used_up_and_not_only_both_months() -> None:
    assert money().caveats == (
        "After the 12 months, the plan costs $783 a month, “Few-shot” $1,592: "
        "about 20 months later, the plan is cheaper in all."
    )
    # The row of a pack says so, too.
    assert cheaper_later(money(), None) == (
        "The plan is cheaper in all after about 32 months."
    )


def test_plan_that_loses_while_the_advice_earns_says_both_amounts() -> None:
    calls = {"requests": "9000", "value_per_request": "0.25"}
    found = assessed(ANSWERS["few_shot"], **PLAN, **calls)
    priced = money_of(found, "planned")
    assert priced
    assert priced.today
    year, plan, advice = 27_000, priced.today.year, priced.chosen.year

    assert advice.expected < year < plan.expected
    assert pays_too_little(found, priced) == (
        "As entered, the calls earn or save $27,000 a year: the current plan costs "
        f"${plan.expected - year:,} more than that, the advice "
        f"${year - advice.expected:,} less."
    )


def test_page_one_says_that_the_advice_can_be_dearer_above_the_most_of_the_plan() -> (
    None
):
    found = money()
    assert found.today
    most = int(found.today.year.high)
    told = most * 105 // 100

    # Less than a twentieth more is nothing beside the width of both ranges.
    assert "can cost more" not in with_high(found, told).caveats
    assert with_high(found, told + 1).caveats.endswith(
        "in all. The advice can cost more than the plan: up to $77,701, against "
        "$74,000."
    )


# A month costs 1,592 in place of 783 once the planned model has ended.
def test_heading_says_what_a_month_costs_where_it_goes_the_other_way() -> None:
    found, decided = money(), assessed(ANSWERS["few_shot"], **PLAN)
    known = replace(found, is_payment_known=True)
    year = found.message.replace("the current plan", "the plan")
    said = f"{year}; $809 a month more from Jan 2027"

    assert money_says(decided, known) == said
    assert money_says(decided, found).endswith(
        " more if training has been paid; $809 a month more from Jan 2027"
    )
    # What follows measuring saves nothing yet.
    waits = replace(found.chosen, roles=("meanwhile",))
    others = (row for row in found.rows if row != found.chosen)
    meanwhile = replace(known, rows=(waits, *others))
    assert money_says(decided, meanwhile) == meanwhile.message


# The year of the plan holds 5,000 that are paid once, and no month of it changes.
@pytest.mark.parametrize(
    ("month", "then"), [(90, "; then $10 a month more"), (110, ", but bills rise")]
)
def test_heading_names_no_day_on_which_no_price_changes(month: int, then: str) -> None:
    found, decided = compared(month, 100), assessed(ANSWERS["few_shot"])
    year = Band(low=Decimal(0), expected=Decimal(5000), high=Decimal(9000))
    plan, advice = found.rows
    dear = replace(found, rows=(replace(plan, year=year), advice))

    # The year saves less than the engineers’ time that it frees.
    said = dear.message.replace("current ", "")
    parts = net_parts(decided, dear, None)
    assert money_says(decided, dear, parts) == f"{said}{then}"
