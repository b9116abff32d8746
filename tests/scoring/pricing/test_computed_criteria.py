from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audits.frameworks.loading.loader import published
from audits.landscape.token_prices import Rates, Tier
from audits.scoring.costs.cost_inputs import CostInputs, Scenario
from audits.scoring.costs.cost_numbers import TRAINED, InputId
from audits.scoring.costs.prompt_costs import prefix_per_request, prompt_per_month
from audits.scoring.costs.scenario_costs import current_model, traffic_of
from audits.scoring.pricing.computed_criteria import (
    ContextFit,
    PrefixCost,
    context_fit,
    prefix_cost,
    prefix_cost_of,
    usable_window,
)
from audits.scoring.pricing.cost_plan import compare
from tests.examples import DEAR as FEW
from tests.examples import up_to
from tests.scoring.costs.cost_cases import GIVEN, INPUTS, NOTHING

DEAR = (Tier(above=272_000, rates=Rates(input=Decimal(4), output=Decimal(15))),)


type Amounts = tuple[int | None, ...]


def answer_to(amounts: Amounts) -> PrefixCost:
    """Compute it from the prefix, the bill, the trained model, value and budget."""
    prefix, inference, fixed, value, budget = (
        None if amount is None else Decimal(amount) for amount in amounts
    )
    return prefix_cost(
        prefix=prefix,
        inference=inference,
        trained_fixed=fixed,
        value=value,
        budget=budget,
    )


@pytest.mark.parametrize(
    ("amounts", "answer"),
    [
        ((1000, 5000, 1000, 100_000, None), "material"),
        ((1000, 5000, 1000, None, 100_000), "material"),
        ((1000, 5000, 1000, 900_000, 100_000), "material"),
        ((999, 5000, 1000, 100_000, None), "immaterial"),
        ((1000, 5001, 1000, 100_000, None), "immaterial"),
        ((1000, 5000, 1000, 100_001, None), "immaterial"),
        ((1000, 5000, 1000, 900_000, 900_000), "immaterial"),
        ((1000, 5000, 1000, None, None), "not_computed"),
        ((None, 5000, 1000, 100_000, None), "not_computed"),
        ((1000, None, 1000, 100_000, None), "not_computed"),
        ((1000, 5000, None, 100_000, None), "not_computed"),
        ((None, 5000, None, 900_000, None), "immaterial"),
        ((999, None, 1000, None, None), "immaterial"),
        ((None, None, None, None, None), "not_computed"),
    ],
)
def test_prefix_is_material_if_all_three_conditions_are_known_to_hold(
    amounts: Amounts, answer: PrefixCost
) -> None:
    assert answer_to(amounts) == answer


def test_prefix_is_never_material_while_a_condition_is_unknown() -> None:
    for amounts in product((None, 100, 1000, 100_000), repeat=5):
        *needed, value, budget = amounts
        if None in needed or value is budget is None:
            assert answer_to(amounts) != "material"


MILLION = 1_000_000


@pytest.mark.parametrize(
    ("numbers", "answer"),
    [
        ({}, "immaterial"),
        ({"requests": Decimal(10 * MILLION)}, "not_computed"),
        (
            {"requests": Decimal(10 * MILLION), "value_per_request": Decimal("0.1")},
            "material",
        ),
        # The prefix costs 0.0020808 a request, retries included: 14,566 dollars a
        # month, more than the cheaper trained models on own GPUs, whose fixed cost is
        # about 11,500, and less than the tuned one that ends in January, at 16,514.
        (
            {"requests": Decimal(7 * MILLION), "value_per_request": Decimal("0.1")},
            "material",
        ),
        # 4,162 dollars: more than any prompt costs before its first request.
        (
            {"requests": Decimal(2 * MILLION), "value_per_request": Decimal("0.1")},
            "immaterial",
        ),
        (
            {"requests": Decimal(10 * MILLION), "value_per_request": Decimal(4)},
            "immaterial",
        ),
        (
            {"requests": Decimal(10 * MILLION), "budget_month": Decimal(70_000)},
            "material",
        ),
    ],
)
def test_prefix_cost_of_a_use_case(
    numbers: dict[InputId, Decimal], answer: PrefixCost
) -> None:
    inputs = replace(INPUTS, given={**GIVEN, **numbers})

    assert prefix_cost_of(inputs) == answer


def cheapest_trained(inputs: CostInputs) -> Decimal | None:
    fixed = [
        cost.price.line.at(Decimal(0))
        for cost in compare(inputs).techniques
        if cost.technique in TRAINED and cost.price and cost.price.stays_trained
    ]
    return min(fixed, default=None)


@given(
    millions=st.integers(0, 40),
    shares=st.tuples(*[st.sampled_from(["0", "0.02", "0.25", "1"])] * 2),
    missing=st.sets(st.sampled_from(["variable_tokens", "output_tokens"])),
    not_known=st.sets(
        st.sampled_from(["training_days", "label_cost", "gpu_hour", "retune_days"])
    ),
)
@settings(max_examples=up_to(400, FEW), deadline=None)
def test_prefix_is_compared_as_with_the_cheapest_trained_model(
    millions: int,
    shares: tuple[str, str],
    missing: set[InputId],
    not_known: set[InputId],
) -> None:
    numbers: dict[InputId, Decimal] = {
        "requests": Decimal(millions * MILLION // 2),
        "mlops_share_trained": Decimal(shares[0]),
        "upkeep_share_prompt": Decimal(shares[1]),
        "value_per_request": Decimal("0.05"),
    }
    inputs = replace(INPUTS, given={**GIVEN, **numbers})
    kept = {key: x for key, x in inputs.given.items() if key not in missing}
    known = {key: x for key, x in inputs.defaults.items() if key not in not_known}
    inputs = replace(inputs, given=kept, defaults=known)
    scenario = Scenario(inputs=inputs, day=inputs.on)
    traffic = None if missing else traffic_of(scenario)
    expected = "not_computed"
    if traffic:
        _, prices = current_model(scenario)
        expected = prefix_cost(
            prefix=traffic.requests * prefix_per_request(traffic, prices),
            inference=prompt_per_month(traffic, prices),
            trained_fixed=cheapest_trained(inputs),
            value=Decimal("0.05") * traffic.requests,
        )

    assert prefix_cost_of(inputs) == expected


def test_prefix_cost_without_any_number_is_not_computed() -> None:
    assert prefix_cost_of(NOTHING) == "not_computed"


@pytest.mark.parametrize(
    ("window", "tiers", "tested", "usable"),
    [
        (400_000, (), None, 200_000),
        (1_050_000, DEAR, None, 272_000),
        (1_050_000, DEAR, 500_000, 500_000),
        (400_000, DEAR, 100_000, 200_000),
        (400_000, (), 900_000, 400_000),
    ],
)
def test_usable_window_is_half_or_the_first_tier_unless_a_test_shows_more(
    window: int, tiers: tuple[Tier, ...], tested: int | None, usable: int
) -> None:
    assert usable_window(window, tiers, tested) == usable


@pytest.mark.parametrize(
    ("prompt", "fit"),
    [
        (119_999, "fits"),
        (120_000, "tight"),
        (200_000, "tight"),
        (200_001, "exceeds"),
    ],
)
def test_prompt_is_tight_from_60_to_100_percent(prompt: int, fit: ContextFit) -> None:
    assert context_fit(prompt, 400_000) == fit


def test_fit_without_the_prompt_or_the_window_is_no_answer() -> None:
    assert context_fit(None, 400_000) is None
    assert context_fit(100, None) is None


def test_answers_are_options_of_the_framework() -> None:
    options = {
        item.id: {option.id for option in item.options}
        for item in published("fine_tuning", 1).computed
    }

    assert options["prefix_cost"] == set(get_args(PrefixCost))
    assert options["context_fit"] == set(get_args(ContextFit))
