"""Machines follow the load, and each model has its own prices or none."""

from dataclasses import replace
from decimal import Decimal

import pytest

from audits.landscape.catalogue import catalogue
from audits.scoring.pricing.cost_plan import compare
from tests.landscape.test_prices import TODAY, rates
from tests.scoring.costs.cost_cases import GIVEN, INPUTS
from tests.scoring.pricing.test_cost_plan import price_of
from tests.scoring.pricing.test_pricing import tuned_month


@pytest.mark.parametrize(
    ("requests", "gpus"), [(10_000_000, 2), (100_000_000, 10), (1_000_000_000, 99)]
)
def test_a_billion_calls_are_not_priced_on_two_gpus(requests: int, gpus: int) -> None:
    # One works on 9,300 tokens a second: 10,183,500 calls at three times the load.
    busy = replace(INPUTS, given={**GIVEN, "requests": Decimal(requests)})

    price = price_of("fine_tune_own", busy)

    assert price.month.expected == gpus * Decimal("2.95") * Decimal("1.3") * 730 + 3750
    assert price.line.at(Decimal(requests)) == price.year.expected / 12
    assert price.month.low < price.month.expected < price.month.high
    assert "gpu_tokens_per_second" in compare(busy).of("fine_tune_own").defaults


def test_break_even_counts_the_gpus_of_its_own_volume() -> None:
    [own] = [x for x in compare(INPUTS).break_evens if x.trained == "fine_tune_own"]
    trained, prompt = price_of("fine_tune_own").line, price_of("prompt_smaller").line
    assert own.requests is not None
    assert trained.machines is not None
    volume = Decimal(own.requests)

    assert trained.machines.count(volume) == 13
    assert trained.at(volume) <= prompt.at(volume)
    assert trained.at(volume - 1) > prompt.at(volume - 1)


def test_tuned_model_pays_no_other_providers_hosting() -> None:
    assert tuned_month() == tuned_month(tuned_hosting_hour=Decimal(0))


def test_sol_has_prices_for_cached_and_for_long_text() -> None:
    sol = catalogue(TODAY).prices("gpt-6.2-sol")

    assert sol.rates.cache_read == Decimal("0.1")
    assert sol.for_input(272_000) == rates("2", "0.1", "2.5", "10")
    assert sol.for_input(272_001) == rates("4", "0.2", "5", "15")
    assert sol.batch == Decimal("0.5")
    assert sol.cache_minimum == 1024
