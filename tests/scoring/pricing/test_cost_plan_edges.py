"""Tiers, a break-even that never comes, and ranges over the edge of a cache."""

from dataclasses import replace
from decimal import Decimal

import pytest

from audits.landscape.token_prices import Rates, Tier
from audits.scoring.costs.price_schedule import DatedPrices
from audits.scoring.pricing.cost_plan import compare
from tests.scoring.costs.cost_cases import GIVEN, INPUTS, MID, priced


def test_own_gpus_never_pay_against_a_prompt_that_costs_nothing_a_request() -> None:
    free = priced("free", "0", "0")

    plan = compare(replace(INPUTS, model=free, smaller=None))

    found = {each.trained: each for each in plan.break_evens}
    assert found["fine_tune_own"].requests is None
    assert found["fine_tune_own"].tokens_per_second is None


TIERS = tuple(
    Tier(above=above, rates=Rates(input=Decimal(rate), output=Decimal(1)))
    for above, rate in ((100_000, "0.5"), (200_000, "0.8"))
)


@pytest.mark.parametrize(
    ("tokens", "reached"),
    [
        (100_000, None),
        (100_001, (100_000, Decimal("0.5"))),
        (200_000, (100_000, Decimal("0.5"))),
        (200_001, (200_000, Decimal("0.8"))),
    ],
)
def test_highest_price_tier_that_the_input_passes_is_noted(
    tokens: int, reached: tuple[int, Decimal] | None
) -> None:
    tiered = priced("tiered", "0.1", "0.5", tiers=TIERS)
    # 500 of the tokens differ from request to request.
    given = {**GIVEN, "prefix_tokens": Decimal(tokens - 500)}

    price = compare(replace(INPUTS, model=tiered, given=given)).of("prompt").price

    assert price is not None
    cliff = price.cliff
    assert (cliff and (cliff.above, cliff.rate)) == reached


def test_low_end_is_no_higher_than_one_number_alone_leads_to() -> None:
    """Examples that are both few and short are not cached, so they cost more."""
    [dated] = MID.schedule
    late = replace(dated.prices, cache_minimum=4096)
    model = replace(MID, schedule=(DatedPrices(start=dated.start, prices=late),))
    given = {**GIVEN, "prefix_tokens": Decimal(2800)}
    inputs = replace(INPUTS, model=model, smaller=None, given=given)
    short = replace(inputs, given={**given, "example_tokens": Decimal(100)})

    found, shorter = (compare(x).of("few_shot").price for x in (inputs, short))

    assert found is not None
    assert shorter is not None
    assert found.month.low <= shorter.month.expected < found.month.expected
    assert found.year.low <= shorter.year.expected < found.year.expected
