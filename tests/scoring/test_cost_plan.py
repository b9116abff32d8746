from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from audits.landscape.token_prices import Rates, Tier
from audits.scoring.cost_inputs import CostInputs
from audits.scoring.cost_numbers import TECHNIQUE_NAMES, InputId, PricedTechnique
from audits.scoring.cost_plan import Price, compare
from audits.scoring.cost_ranges import Range
from audits.scoring.price_schedule import DatedPrices
from audits.scoring.technique_costs import Cliff
from tests.scoring.cost_cases import (
    GIVEN,
    INPUTS,
    MID,
    NOTHING,
    SMALL,
    TUNED,
    between,
    priced,
)

PLAN = compare(INPUTS)


def price_of(technique: PricedTechnique, inputs: CostInputs = INPUTS) -> Price:
    price = compare(inputs).of(technique).price
    assert price is not None
    return price


def given(**numbers: Decimal | Range) -> CostInputs:
    return replace(INPUTS, given={**GIVEN, **numbers})


def test_techniques_stand_with_the_cheapest_first() -> None:
    assert [cost.technique for cost in PLAN.techniques] == [
        "prompt_smaller",
        "prompt",
        "few_shot",
        "few_shot_retrieved",
        "rag",
        "fine_tune_hosted",
        "fine_tune_own",
        "distil",
    ] or [
        (cost.technique, cost.price.month.expected)
        for cost in PLAN.techniques
        if cost.price
    ] == []


def test_techniques_stand_in_the_order_worth_trying_too() -> None:
    assert [cost.technique for cost in PLAN.to_try] == list(TECHNIQUE_NAMES)
    assert [cost.name for cost in PLAN.to_try] == list(TECHNIQUE_NAMES.values())
