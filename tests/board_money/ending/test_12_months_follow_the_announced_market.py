"""Twelve months have the ends and prices that are announced, and are not 12 × today."""

from datetime import date
from decimal import Decimal

import pytest

from audits.scoring.costs.cost_calendar import CostCalendar
from audits.scoring.costs.cost_numbers import PricedTechnique
from tests.scoring.costs.worked_decisions import assessed, price
from tests.scoring.twelve_verdicts import ANSWERS

PEOPLE = Decimal(750)  # who keep a prompt up


def calendar(technique: PricedTechnique, **numbers: str) -> CostCalendar:
    return price(assessed(ANSWERS["rag"], **numbers), technique).calendar


@pytest.mark.parametrize("base", ["gpt-4o-mini", "gpt-4.1-mini"])
def test_tuned_model_that_ends_on_14_january_2027_is_not_priced_for_12_months(
    base: str,
) -> None:
    found = calendar("fine_tune_hosted", tuned=base, today="fine_tune_hosted")
    first, second, *others = found.months

    assert (date(2027, 1, 14), "end") in [(x.day, x.kind) for x in found.events]
    # 100,000 calls on its named replacement, and no tuned model to keep up.
    assert {month.running for month in others} == {Decimal("32.9") + PEOPLE}
    assert first.running > second.running > others[0].running
    assert found.total == sum(month.amount for month in found.months)
    assert found.total < 12 * first.running + found.once


def test_flash_costs_twice_as_much_from_1_january_2027() -> None:
    found = calendar("prompt", model="gemini-3.8-flash", today="prompt")
    first, second, *others = found.months

    assert [(x.day, x.kind) for x in found.events] == [(date(2027, 1, 1), "price")]
    before, after = first.running - PEOPLE, others[0].running - PEOPLE
    assert {month.running - PEOPLE for month in others} == {2 * before}
    assert before < second.running - PEOPLE < after
    assert found.total > 12 * first.running


def test_12_months_are_12_times_today_only_where_nothing_is_announced() -> None:
    found = calendar("prompt", today="prompt")

    assert found.events == ()
    assert found.total == 12 * found.months[0].running
