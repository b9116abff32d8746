from dataclasses import replace
from decimal import Decimal

import pytest

from audits.scoring.costs.cost_inputs import CostInputs
from audits.scoring.pricing.cost_plan import Band, compare
from tests.scoring.costs.cost_cases import GIVEN, INPUTS, between, priced

CENT = Decimal("0.01")
CERTAIN = {
    key: replace(found, low=found.expected, high=found.expected)
    for key, found in INPUTS.defaults.items()
}


def span_of_a_prompt(inputs: CostInputs) -> Band:
    price = compare(inputs).of("prompt").price
    assert price is not None
    return price.month


def test_span_of_one_uncertain_number_is_its_own() -> None:
    volume = between("50000", "100000", "200000")
    given = {**GIVEN, "requests": volume}

    month = span_of_a_prompt(replace(INPUTS, given=given, defaults=CERTAIN))

    assert month.low == Decimal("1058.04")
    assert month.expected == Decimal("1366.08")
    assert month.high == Decimal("1982.16")


def test_spans_add_like_independent_errors() -> None:
    # 0.02, 0.05 and 0.10 people at 180,000; 120,000 to 300,000 at 0.05 people.
    people = {key: INPUTS.defaults[key] for key in ("upkeep_share_prompt", "fte_cost")}

    month = span_of_a_prompt(replace(INPUTS, defaults={**CERTAIN, **people}))

    below, above = month.expected - month.low, month.high - month.expected
    assert below**2 == pytest.approx(Decimal(450**2 + 250**2), abs=CENT)
    assert above**2 == pytest.approx(Decimal(750**2 + 500**2), abs=CENT)


def test_span_never_reaches_below_what_all_numbers_together_allow() -> None:
    tiny = between("0", "1", "2")
    given = {**GIVEN, "upkeep_share_prompt": tiny, "fte_cost": tiny}

    month = span_of_a_prompt(
        replace(INPUTS, given=given, model=priced("free", "0", "0"))
    )

    assert month.low == 0
    assert month.expected == Decimal(1) / 12


def test_certain_numbers_give_one_number() -> None:
    month = span_of_a_prompt(replace(INPUTS, defaults=CERTAIN))

    assert month.low == month.expected == month.high


def test_number_that_costs_more_at_both_ends_does_not_narrow_the_span() -> None:
    # 1,000 tokens are too few to be cached: 100,000 × (0.002 + 0.004) × 1.02 = 612;
    # 1,100 are cached: 100,000 × (1,100 × 0.34 / 1,000,000 + 0.004) × 1.02 = 446.148.
    prefix = {**GIVEN, "prefix_tokens": between("1000", "1100", "2000")}
    people = {"upkeep_share_prompt": INPUTS.defaults["upkeep_share_prompt"]}

    alone = span_of_a_prompt(replace(INPUTS, given=prefix, defaults=CERTAIN))
    month = span_of_a_prompt(
        replace(INPUTS, given=prefix, defaults={**CERTAIN, **people})
    )

    assert alone.low == alone.expected == Decimal("446.148") + 750
    assert alone.high == 612 + 750
    # The fewest people, 300 dollars, at the prefix that is expected.
    assert month.low == Decimal("446.148") + 300
