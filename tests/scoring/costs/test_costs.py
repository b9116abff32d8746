"""Edges of the cost formulas that the worked examples do not reach."""

from dataclasses import replace
from decimal import Decimal
from typing import get_args

import pytest

from audits.landscape.token_prices import Rates, TokenPrices
from audits.scoring.calendars.break_even import (
    CostLine,
    Machines,
    assess_prefix,
    break_even,
)
from audits.scoring.costs.cost_drivers import Retrieval, Traffic, Training
from audits.scoring.costs.cost_numbers import INPUT_NAMES, InputId
from audits.scoring.costs.cost_ranges import TYPICAL, Range
from audits.scoring.costs.prompt_costs import (
    cache_hit_from_traffic,
    cache_pays_above,
    prefix_rate,
    prompt_per_request,
)
from audits.scoring.costs.retrieval_costs import rag_per_request
from audits.scoring.costs.training_costs import (
    amortised_per_month,
    served_per_month,
    teacher_labels_cost,
)

RATES = Rates(
    input=Decimal(2),
    output=Decimal(10),
    cache_read=Decimal("0.1"),
    cache_write=Decimal("2.5"),
)
PRICES = TokenPrices(rates=RATES, cache_minimum=1024, batch=Decimal("0.5"))
TRAFFIC = Traffic(
    requests=Decimal(100_000),
    prefix=6000,
    variable=500,
    output=300,
    cache_hit=Decimal("0.9"),
)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("requests", Decimal(-1)),
        ("prefix", -1),
        ("retries", Decimal("-0.1")),
        ("cache_hit", Decimal("1.1")),
        ("batch", Decimal(2)),
        ("requests", Decimal("NaN")),
    ],
)
def test_traffic_that_cannot_be_is_refused(field: str, value: Decimal | int) -> None:
    with pytest.raises(ValueError, match=field):
        replace(TRAFFIC, **{field: value})  # type: ignore[arg-type]


def test_training_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="epochs must be 0 or more, it is -1"):
        Training(epochs=Decimal(-1))


def test_range_that_does_not_rise_is_refused() -> None:
    for low, expected in ((2, 1), (0, 4), ("NaN", 1)):
        with pytest.raises(ValueError, match="three rising numbers"):
            Range(
                low=Decimal(low),
                expected=Decimal(expected),
                high=Decimal(3),
                unit="",
                source="",
            )


@pytest.mark.parametrize(
    ("traffic", "prices", "rate"),
    [
        (TRAFFIC, PRICES, "0.34"),
        (replace(TRAFFIC, prefix=1024), PRICES, "0.34"),
        (replace(TRAFFIC, prefix=1023), PRICES, "2"),
        (TRAFFIC, replace(PRICES, cache_minimum=None), "2"),
        (TRAFFIC, replace(PRICES, rates=replace(RATES, cache_read=None)), "2"),
        # Writing costs what input costs where no other rate is known.
        (TRAFFIC, replace(PRICES, rates=replace(RATES, cache_write=None)), "0.29"),
        # Below a share of 0.2083 caching does not pay.
        (replace(TRAFFIC, cache_hit=Decimal("0.2")), PRICES, "2"),
        (replace(TRAFFIC, cache_hit=None), PRICES, "0.34"),
        (replace(TRAFFIC, cache_hit=None, requests=Decimal(0)), PRICES, "2"),
    ],
)
def test_prefix_is_cached_only_where_it_can_be_and_where_it_pays(
    traffic: Traffic, prices: TokenPrices, rate: str
) -> None:
    assert prefix_rate(traffic, prices) == Decimal(rate)


def test_hits_are_capped_at_nine_tenths_unless_told_otherwise() -> None:
    often = Decimal(10_000_000)

    assert cache_hit_from_traffic(often, Decimal(5)) == Decimal("0.9")
    assert cache_hit_from_traffic(often, Decimal(5), Decimal("0.95")) == Decimal("0.95")
    assert cache_hit_from_traffic(Decimal(0), Decimal(5)) == 0


def test_caching_pays_from_the_first_hit_where_writing_has_no_premium() -> None:
    assert cache_pays_above(replace(RATES, cache_write=None)) == 0
    assert cache_pays_above(replace(RATES, cache_read=None)) is None
    assert cache_pays_above(replace(RATES, cache_read=Decimal(3))) is None


def test_retries_add_and_batches_take_off() -> None:
    whole = prompt_per_request(TRAFFIC, PRICES)
    tried = replace(TRAFFIC, retries=Decimal("0.1"))
    late = replace(TRAFFIC, batch=Decimal("0.4"))

    assert prompt_per_request(tried, PRICES) == whole * Decimal("1.1")
    assert prompt_per_request(late, PRICES) == whole * Decimal("0.8")
    assert prompt_per_request(late, replace(PRICES, batch=None)) == whole


def test_retried_request_is_embedded_again_and_reranked_once() -> None:
    retrieval = Retrieval(
        chunks=0,
        chunk_tokens=0,
        query_tokens=1_000_000,
        corpus_tokens=0,
        embedding=Decimal(1),
        rerank=Decimal(5),
    )
    silent = replace(TRAFFIC, prefix=0, variable=0, output=0, retries=Decimal("0.1"))

    assert rag_per_request(silent, PRICES, retrieval) == Decimal("6.1")


def test_teacher_is_asked_in_a_batch_where_it_has_a_rate_for_it() -> None:
    many = Decimal(1000)
    whole = teacher_labels_cost(many, TRAFFIC, PRICES)

    assert teacher_labels_cost(many, TRAFFIC, PRICES, batched=True) == whole / 2
    alone = replace(PRICES, batch=None)
    assert teacher_labels_cost(many, TRAFFIC, alone, batched=True) == whole


def test_break_even_that_is_never_or_from_the_start() -> None:
    dear = CostLine(fixed=Decimal(10), per_request=Decimal(2))
    cheap = CostLine(fixed=Decimal(5), per_request=Decimal(1))
    flat = CostLine(fixed=Decimal(10), per_request=Decimal(1))

    assert break_even(dear, cheap) == 0
    assert break_even(cheap, dear) is None
    assert break_even(flat, cheap) == 0
    assert break_even(cheap, flat) is None


def test_prefix_that_costs_nothing_pays_for_nothing() -> None:
    test = assess_prefix(Decimal(100), Decimal(0), Decimal(10))

    assert (test.can_pay, test.requests) == (False, None)


def test_life_and_replicas_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="longer than 0 months"):
        amortised_per_month(Decimal(1), Decimal(0))
    with pytest.raises(ValueError, match="more than 0 tokens a second"):
        served_per_month(Decimal(0), Decimal(1))


def test_machines_are_enough_for_the_peak_and_for_availability() -> None:
    machines = Machines(month=Decimal(1), requests=Decimal(100), at_least=Decimal(2))

    assert machines.count(Decimal(0)) == 2
    assert machines.count(Decimal(200)) == 2
    assert machines.count(Decimal(301)) == 4
    assert replace(machines, at_least=Decimal(6)).count(Decimal(301)) == 6


def test_every_default_is_a_number_of_the_plan_with_a_unit_and_a_source() -> None:
    assert TYPICAL.keys() <= INPUT_NAMES.keys()
    assert all(found.unit and found.source for found in TYPICAL.values())
    assert INPUT_NAMES.keys() == set(get_args(InputId))
