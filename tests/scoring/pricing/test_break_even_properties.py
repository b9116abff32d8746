"""The volume of a crossing, its table and a price of that volume are of one sum."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audits.scoring.calendars.break_even import CostLine, break_even
from audits.scoring.costs.cost_inputs import CostInputs
from audits.scoring.costs.cost_numbers import TRAINED, InputId, PricedTechnique
from audits.scoring.pricing.cost_plan import CostPlan, Price, compare
from tests.examples import DEAREST, up_to
from tests.scoring.costs.cost_cases import INPUTS, MID, TUNED, priced

HOUR = priced("hour", "2", "10", read="0.2", write="4")
HOSTED = replace(TUNED, ends=None)
NUMBERS: dict[InputId, st.SearchStrategy[int | str]] = {
    "requests": st.sampled_from([300, 3000, 9000]),
    "prefix_tokens": st.integers(2000, 20_000),
    "variable_tokens": st.integers(0, 2000),
    "output_tokens": st.integers(1, 1000),
    "ready_months": st.sampled_from([0, 3]),
    "mlops_share_trained": st.sampled_from(["0.001", "0.1"]),
    "tuned_hosting_hour": st.sampled_from(["0", "1.7"]),
    "cache_minutes": st.sampled_from([5, 60]),
}


@st.composite
def use_cases(draw: st.DrawFn) -> CostInputs:
    """Draw a use case whose cache hits follow from its traffic, as most do."""
    given = {**INPUTS.given, **{k: Decimal(draw(x)) for k, x in NUMBERS.items()}}
    del given["cache_hit"]
    return replace(
        INPUTS,
        given=given,
        model=draw(st.sampled_from([MID, HOUR])),
        tuned=draw(st.sampled_from([HOSTED, TUNED])),
        is_awaited=True,
        meanwhile=draw(st.sampled_from(["prompt", "few_shot"])),
    )


def price_in(plan: CostPlan, technique: PricedTechnique) -> Price:
    price = plan.of(technique).price
    assert price is not None
    return price


def lead(lines: Sequence[CostLine], requests: int) -> Decimal:
    """Return what the prompt costs more at that volume."""
    prompt, trained = (line.at(Decimal(requests)) for line in lines)
    return prompt - trained


@settings(max_examples=up_to(400, DEAREST), deadline=None)
@given(use_cases(), st.sampled_from(["prompt", "few_shot"]), st.sampled_from(TRAINED))
def test_both_cost_as_much_at_the_break_even_as_if_it_were_their_volume(
    inputs: CostInputs, prompt: PricedTechnique, trained: PricedTechnique
) -> None:
    pair = prompt, trained
    found = compare(inputs)
    lines = [price_in(found, each).line for each in pair]
    even = break_even(*lines)

    if even is None:
        assert lead(lines, 10**12) < 0
        return
    assert min(lead(lines, even + more) for more in (0, 1, 999, 10**6, 10**12)) >= 0
    assert even == 0 or lead(lines, even - 1) < 0
    volume = Decimal(max(even, 1))
    there = compare(replace(inputs, given={**inputs.given, "requests": volume}))
    for each, line in zip(pair, lines, strict=True):
        year = price_in(there, each).year.expected
        assert year / 12 == pytest.approx(line.at(volume), rel=Decimal("1e-6"))
