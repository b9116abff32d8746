"""What is left out costs nothing, and the edges where a formula turns."""

from dataclasses import replace
from decimal import Decimal

import pytest

from audits.landscape.token_prices import Rates, TokenPrices
from audits.scoring.calendars.break_even import (
    CostLine,
    assess_prefix,
    break_even,
    payback_months,
)
from audits.scoring.calendars.dated_costs import DatedCosts
from audits.scoring.costs import cost_drivers
from audits.scoring.costs.cost_drivers import Hosting, Retrieval, Traffic, Training
from audits.scoring.costs.prompt_costs import (
    cache_hit_from_traffic,
    cache_pays_above,
    prefix_per_request,
)
from audits.scoring.costs.training_costs import (
    amortised_per_month,
    hosting_per_month,
    served_per_month,
    training_run_cost,
)
from audits.scoring.pricing.sensitivity import Swing
from tests.scoring.costs.cost_cases import DEFAULTS, INPUTS

ONE, ZERO = Decimal(1), Decimal(0)
SWING = Swing(
    input_id="prompt_days",
    values=DEFAULTS["prompt_days"],
    technique="prompt",
    against="rag",
    lead=Decimal("0.5"),
    at_low=Decimal("-0.6"),
    at_high=Decimal(0),
)


@pytest.mark.parametrize(
    "training",
    [
        Training(),
        Training(tokens=1),
        Training(price=ONE),
        Training(hours=ONE),
        Training(hourly=ONE),
        Training(epochs=ONE, runs=ONE),
    ],
)
def test_half_of_a_product_costs_nothing(training: Training) -> None:
    assert training_run_cost(training) == 0


@pytest.mark.parametrize(
    "training",
    [Training(tokens=1_000_000, price=ONE), Training(hours=ONE, hourly=ONE)],
)
def test_one_run_with_one_epoch_is_what_is_assumed(training: Training) -> None:
    assert training_run_cost(training) == 1


def test_traffic_repeats_and_batches_nothing_unless_told() -> None:
    traffic = Traffic(requests=ONE, prefix=1, variable=1, output=1)

    assert (traffic.retries, traffic.batch, traffic.cache_hit) == (ZERO, ZERO, None)
    assert (traffic.cache_minutes, traffic.cache_cap) == (Decimal(5), Decimal("0.9"))


def test_retrieval_buys_nothing_unless_told() -> None:
    retrieval = Retrieval(
        chunks=1, chunk_tokens=1, query_tokens=1, corpus_tokens=1, embedding=ONE
    )

    bought = (retrieval.reembedded, retrieval.rerank, retrieval.store)
    assert {*bought, retrieval.contextualising} == {ZERO}


def test_one_machine_runs_all_month_without_overhead_unless_told() -> None:
    hosting = Hosting(hourly=ONE)

    assert hosting_per_month(hosting) == 730
    assert hosting_per_month(replace(hosting, count=Decimal(2))) == 1460


def test_month_and_year_are_those_of_the_method() -> None:
    assert cost_drivers.MILLION == 10**6
    assert cost_drivers.MONTH_HOURS * 60 == cost_drivers.MONTH_MINUTES == 43_800
    assert cost_drivers.YEAR_MONTHS == 12


def test_one_request_a_minute_is_found_after_a_minute_by_chance() -> None:
    hit = cache_hit_from_traffic(Decimal(43_800), ONE, cap=ONE)

    assert round(hit, 9) == Decimal("0.632120559")


@pytest.mark.parametrize(("read", "pays"), [("2.5", False), ("2.4", True)])
def test_cache_pays_only_where_reading_is_cheaper_than_writing(
    read: str, pays: bool
) -> None:
    rates = Rates(
        input=Decimal(2),
        output=Decimal(10),
        cache_read=Decimal(read),
        cache_write=Decimal("2.5"),
    )

    assert (cache_pays_above(rates) is not None) is pays


@pytest.mark.parametrize(("low", "turns"), [("-0.6", True), ("-0.5", False)])
def test_swing_turns_when_the_other_technique_becomes_cheaper(
    low: str, turns: bool
) -> None:
    assert replace(SWING, at_low=Decimal(low)).turns is turns


def test_everything_may_be_cached_and_everything_may_wait() -> None:
    traffic = Traffic(
        requests=ONE, prefix=1, variable=1, output=1, cache_hit=ONE, batch=ONE
    )

    assert traffic.cache_hit == traffic.batch == 1


@pytest.mark.parametrize(
    ("retries", "batch", "dollars"),
    [
        ("0", "0", "0.012"),
        # A tenth of the requests is sent again.
        ("0.1", "0", "0.0132"),
        # Four tenths can wait, at half the price: 0.012 × (1 - 0.4 × 0.5).
        ("0", "0.4", "0.0096"),
    ],
)
def test_prefix_is_paid_for_again_with_retries_and_less_in_batches(
    retries: str, batch: str, dollars: str
) -> None:
    prices = TokenPrices(
        rates=Rates(input=Decimal(2), output=Decimal(10)), batch=Decimal("0.5")
    )
    traffic = Traffic(
        requests=ONE,
        prefix=6000,
        variable=500,
        output=300,
        retries=Decimal(retries),
        batch=Decimal(batch),
    )

    assert prefix_per_request(traffic, prices) == Decimal(dollars)


def test_prefix_that_costs_exactly_as_much_as_the_model_can_pay_for_it() -> None:
    test = assess_prefix(Decimal(100), Decimal("0.1"), Decimal(10))

    assert (test.can_pay, test.requests) == (True, 100)


def test_model_that_saves_no_request_and_costs_a_little_more_never_breaks_even() -> (
    None
):
    prompt = CostLine(fixed=Decimal("10.00"), per_request=ONE)

    assert break_even(prompt, replace(prompt, fixed=Decimal("10.50"))) is None


def test_small_saving_pays_back_too() -> None:
    assert payback_months(Decimal(10), Decimal("0.5")) == 20


def test_numbers_that_are_one_value_are_not_uncertain() -> None:
    costs = DatedCosts("prompt_smaller", INPUTS)

    assert {"batch_share", "prompt_days", "requests"} < {*costs.read}
    uncertain = dict(costs.uncertain)
    assert uncertain["prompt_days"] == DEFAULTS["prompt_days"]
    assert not {"batch_share", "requests"} & {*uncertain}


def test_where_both_cost_the_same_neither_end_turns_anything() -> None:
    assert replace(SWING, lead=ZERO).turns is False


def test_three_runs_cost_three_times_one() -> None:
    once = Training(tokens=1_000_000, price=ONE, hours=ONE, hourly=ONE)

    assert training_run_cost(replace(once, runs=Decimal(3))) == 6


def test_slow_gpu_and_short_life_are_priced_too() -> None:
    assert served_per_month(Decimal("0.5"), Decimal(1)) == 1_314_000
    assert amortised_per_month(Decimal(1000), Decimal("0.5")) == 2000
