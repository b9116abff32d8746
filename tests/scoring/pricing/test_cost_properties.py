"""What holds for any traffic, any prices and any ranges."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audits.landscape.token_prices import Rates, Tier, TokenPrices
from audits.scoring.calendars.break_even import CostLine, Machines, break_even
from audits.scoring.calendars.usages import READ_IN_VAIN
from audits.scoring.costs.cost_drivers import Traffic
from audits.scoring.costs.cost_inputs import CostInputs, Scenario, part_of
from audits.scoring.costs.cost_numbers import InputId
from audits.scoring.costs.cost_ranges import Range
from audits.scoring.costs.prompt_costs import (
    prefix_rate,
    prompt_per_month,
    prompt_per_request,
)
from audits.scoring.pricing.cost_plan import compare
from audits.scoring.pricing.sensitivity import sensitivity
from tests.examples import DEAR as FEW
from tests.examples import up_to
from tests.scoring.costs.cost_cases import DEFAULTS, INPUTS, MID, SMALL, TEACHER, priced

thoroughly = settings(max_examples=up_to(2000, FEW), deadline=None)


def amounts(most: int, places: int = 3) -> st.SearchStrategy[Decimal]:
    return st.integers(0, most * 10**places).map(
        lambda units: Decimal(units).scaleb(-places)
    )


SHARES = amounts(1)
TOKENS = st.integers(0, 300_000)
RATES = st.builds(
    Rates,
    input=amounts(100),
    output=amounts(200),
    cache_read=st.none() | amounts(50),
    cache_write=st.none() | amounts(150),
)
TIERS = st.builds(Tier, above=TOKENS, rates=RATES)
PRICES = st.builds(
    TokenPrices,
    rates=RATES,
    tiers=st.lists(
        st.builds(Tier, above=TOKENS, rates=RATES),
        max_size=2,
        unique_by=lambda t: t.above,
    ).map(tuple),
    cache_minimum=st.none() | st.sampled_from([512, 1024, 4096]),
    batch=st.none() | SHARES,
)
TRAFFIC = st.builds(
    Traffic,
    requests=amounts(100_000_000, 0),
    prefix=TOKENS,
    variable=TOKENS,
    output=st.integers(0, 20_000),
    cache_hit=st.none() | SHARES,
    retries=SHARES,
    batch=SHARES,
)
LINES = st.builds(CostLine, fixed=amounts(100_000), per_request=amounts(2, 6))
PARTS = st.tuples(*[st.integers(0, 4)] * 3)
CERTAIN = {
    key: replace(found, low=found.expected, high=found.expected)
    for key, found in DEFAULTS.items()
}
DEAR = Tier(above=100_000, rates=SMALL.schedule[0].prices.for_input(0))
MODELS = [
    MID,
    SMALL,
    TEACHER,
    priced("tiered", "0.01", "0.05", read="0.001", write="0.0125", tiers=(DEAR,)),
    priced("free", "0", "0"),
]
# The most that a team may have of each number.
TEAM: dict[InputId, int] = {
    "requests": 10_000_000,
    "prefix_tokens": 300_000,
    "variable_tokens": 90_000,
    "output_tokens": 20_000,
    "cache_hit": 1,
    "gpu_tokens_per_second": 9000,
}
DEFAULT_IDS = st.sampled_from(sorted(DEFAULTS))
TEAM_PARTS = st.fixed_dictionaries(dict.fromkeys(TEAM, PARTS))
MISSING = st.sampled_from([*TEAM])


def within(low: Decimal, high: Decimal, parts: tuple[int, ...]) -> Range:
    """Return a range of quarters of the way from one number to another."""
    first, second, third = (low + (high - low) * part / 4 for part in sorted(parts))
    return Range(low=first, expected=second, high=third, unit="", source="")


@st.composite
def use_cases(draw: st.DrawFn) -> CostInputs:
    """Draw a use case that has some numbers, some ranges, and lacks the rest."""
    assumed = draw(st.dictionaries(DEFAULT_IDS, PARTS, max_size=3))
    numbers = draw(TEAM_PARTS)
    if draw(st.booleans()):
        del numbers[draw(MISSING)]
    return replace(
        INPUTS,
        given={
            # A GPU that is measured serves something.
            key: within(Decimal(TEAM[key]) / 1000, Decimal(TEAM[key]), parts)
            for key, parts in numbers.items()
        },
        defaults=CERTAIN
        | {
            key: within(DEFAULTS[key].low, DEFAULTS[key].high, parts)
            for key, parts in assumed.items()
        },
        model=draw(st.sampled_from(MODELS)),
    )


@thoroughly
@given(TRAFFIC, PRICES, SHARES, st.integers(2, 9))
def test_cost_is_linear_in_requests_for_a_fixed_share_of_hits(
    traffic: Traffic, prices: TokenPrices, hit: Decimal, times: int
) -> None:
    once = replace(traffic, cache_hit=hit)
    often = replace(once, requests=once.requests * times)

    with localcontext(prec=60):
        assert prompt_per_month(often, prices) == times * prompt_per_month(once, prices)


RISES: dict[str, Callable[[Rates, Decimal], Rates]] = {
    "input": lambda rates, by: replace(rates, input=rates.input + by),
    "output": lambda rates, by: replace(rates, output=rates.output + by),
    "cache_read": lambda rates, by: replace(
        rates, cache_read=None if rates.cache_read is None else rates.cache_read + by
    ),
    "cache_write": lambda rates, by: replace(
        rates, cache_write=None if rates.cache_write is None else rates.cache_write + by
    ),
}


@thoroughly
@given(TRAFFIC, PRICES, st.sampled_from(sorted(RISES)), amounts(100))
def test_cost_never_falls_as_a_price_rises(
    traffic: Traffic, prices: TokenPrices, rate: str, by: Decimal
) -> None:
    dearer = replace(
        prices,
        rates=RISES[rate](prices.rates, by),
        tiers=tuple(
            replace(tier, rates=RISES[rate](tier.rates, by)) for tier in prices.tiers
        ),
    )

    with localcontext(prec=60):
        before = prompt_per_request(traffic, prices)
        assert prompt_per_request(traffic, dearer) >= before


@thoroughly
@given(TRAFFIC, PRICES)
def test_nothing_is_cached_below_the_minimum_or_without_a_rate(
    traffic: Traffic, prices: TokenPrices
) -> None:
    rates = prices.for_input(traffic.input)
    minimum = prices.cache_minimum

    if minimum is None or rates.cache_read is None or traffic.prefix < minimum:
        assert prefix_rate(traffic, prices) == rates.input
    assert prefix_rate(traffic, prices) <= rates.input


@thoroughly
@given(LINES, LINES)
def test_break_even_is_the_first_whole_number_where_training_is_not_dearer(
    prompt: CostLine, trained: CostLine
) -> None:
    def lead(requests: int) -> Fraction:
        """Return what the prompt costs more at that volume."""
        saved = Fraction(prompt.per_request) - Fraction(trained.per_request)
        return Fraction(prompt.fixed) - Fraction(trained.fixed) + saved * requests

    found = break_even(prompt, trained)

    if found is None:
        assert lead(10**15) < 0
    else:
        assert lead(found) >= 0
        assert lead(found + 10**9) >= 0
        assert found == 0 or lead(found - 1) < 0


MACHINES = st.builds(
    Machines,
    month=amounts(50, 1),
    requests=amounts(40, 1).map(lambda served: served + 1),
    at_least=st.integers(0, 4).map(Decimal),
)


@thoroughly
@given(LINES, LINES, MACHINES)
def test_break_even_with_machines_is_where_none_makes_it_dearer_again(
    prompt: CostLine, trained: CostLine, machines: Machines
) -> None:
    stepped = replace(trained, machines=machines)
    found = break_even(prompt, stepped)

    def is_dearer(requests: int) -> bool:
        return stepped.at(Decimal(requests)) > prompt.at(Decimal(requests))

    if found is None:
        saved = prompt.per_request - trained.per_request
        assert saved * machines.requests <= machines.month
    else:
        assert not any(is_dearer(requests) for requests in range(found, found + 400))
        assert found == 0 or is_dearer(found - 1)


@thoroughly
@given(use_cases())
def test_plan_of_any_use_case_is_in_order(inputs: CostInputs) -> None:
    plan = compare(inputs)

    prices = [cost.price for cost in plan.techniques if cost.price]
    bands = [band for price in prices for band in (price.month, price.year)]
    assert all(0 <= each.low <= each.expected <= each.high for each in bands)
    years = [price.year.expected for price in prices]
    assert years == sorted(years)
    assert all((cost.price is None) == bool(cost.unpriced) for cost in plan.techniques)
    assert_no_float(plan)


@thoroughly
@given(use_cases())
def test_swings_are_sorted_and_only_of_uncertain_numbers(inputs: CostInputs) -> None:
    swings = sensitivity(inputs)

    sizes = [swing.size for swing in swings]
    assert sizes == sorted(sizes, reverse=True)
    assert all(size > 0 for size in sizes)
    assert not any(swing.values.is_certain for swing in swings)
    assert len({swing.input_id for swing in swings}) == len(swings)
    for swing in swings:
        assert_no_float(swing.lead, swing.at_low, swing.at_high)


@settings(thoroughly, max_examples=up_to(200, FEW))
@given(use_cases())
def test_equal_inputs_give_an_equal_plan(inputs: CostInputs) -> None:
    assert compare(inputs) == compare(replace(inputs))


def assert_no_float(*values: object) -> None:
    for value in values:
        assert not isinstance(value, float)
        if isinstance(value, tuple):
            assert_no_float(*value)
        elif is_dataclass(value):
            assert_no_float(*(getattr(value, f.name) for f in fields(value)))


@pytest.mark.parametrize("price", READ_IN_VAIN, ids=lambda price: price.__name__)
def test_what_is_read_in_vain_is_what_does_not_move_a_part(
    price: Callable[[Scenario], object],
) -> None:
    part = part_of(price, INPUTS, INPUTS.on)
    halves = {each: INPUTS.expected[each] / 2 or Decimal("0.5") for each in part.read}
    still = {x for x, half in halves.items() if part.at({x: half}) == part.expected}

    assert still - {"batch_share"} == READ_IN_VAIN[price] & part.read.keys()
