"""Machines that run for a part of the day, or that several tuned models share."""

import math
from dataclasses import replace
from decimal import Decimal, localcontext

from hypothesis import given, settings
from hypothesis import strategies as st

from audits.scoring.calendars.break_even import CostLine, Machines, break_even
from audits.scoring.calendars.technique_costs import gpus_of
from audits.scoring.costs.cost_inputs import Scenario
from audits.scoring.costs.cost_numbers import InputId
from audits.scoring.pricing.cost_plan import compare
from tests.examples import DEAR, up_to
from tests.scoring.costs.cost_cases import INPUTS

thoroughly = settings(max_examples=up_to(2000, DEAR), deadline=None)
REQUESTS = st.integers(0, 10**10).map(Decimal)
HOURS = st.integers(4, 96).map(lambda quarters: Decimal(quarters) / 4)
MODELS = st.integers(1, 100).map(Decimal)
PEAKS = st.integers(10, 100).map(lambda tenths: Decimal(tenths) / 10)


def machines(**numbers: Decimal) -> Machines:
    given: dict[InputId, Decimal] = {**INPUTS.given, **numbers}  # type: ignore[dict-item]
    return gpus_of(Scenario(inputs=replace(INPUTS, given=given), day=INPUTS.on))


def month(requests: Decimal, **numbers: Decimal) -> Decimal:
    found = machines(**numbers)
    return found.month * found.count(requests)


@thoroughly
@given(REQUESTS, PEAKS, HOURS, HOURS)
def test_more_hours_are_never_cheaper_once_they_hold_the_peak(
    requests: Decimal, peak: Decimal, first: Decimal, second: Decimal
) -> None:
    few, many = (max(each, 24 / peak) for each in sorted((first, second)))

    with localcontext(prec=60):
        less = month(requests, peak_factor=peak, hours_a_day=few)
        assert less <= month(requests, peak_factor=peak, hours_a_day=many)
        assert less <= month(requests, peak_factor=peak)


@thoroughly
@given(REQUESTS, PEAKS, HOURS)
def test_machines_serve_all_calls_of_the_month_in_their_hours(
    requests: Decimal, peak: Decimal, hours: Decimal
) -> None:
    with localcontext(prec=60):
        found = machines(peak_factor=peak, hours_a_day=hours)
        seconds = found.count(requests) * 730 * hours / 24 * 3600

        assert seconds * 9300 >= requests * 800 * (1 - Decimal("1e-50"))
        assert found.count(requests) >= machines(peak_factor=peak).count(requests)


@thoroughly
@given(REQUESTS, MODELS, st.integers(1, 9).map(Decimal))
def test_shared_machines_never_cost_a_model_more_than_its_own(
    requests: Decimal, models: Decimal, times: Decimal
) -> None:
    with localcontext(prec=60):
        alone, shared = month(requests), month(requests, sharing_models=models)

        assert shared <= alone * (1 + Decimal("1e-50"))
        # So many times the models fill their machines no worse.
        more = month(requests, sharing_models=models * times)
        assert more <= shared * (1 + Decimal("1e-50"))
        # Together they still have machines for all their calls.
        count = machines(sharing_models=models).count(requests)
        assert count >= math.floor(requests * models / machines().requests)


@given(REQUESTS)
@settings(thoroughly, max_examples=up_to(200, DEAR))
def test_day_and_night_for_one_model_is_what_nobody_enters(requests: Decimal) -> None:
    usual = {"hours_a_day": Decimal(24), "sharing_models": Decimal(1)}

    assert machines(**usual) == machines()
    assert month(requests, **usual) == month(requests)


def test_people_and_training_are_not_shared() -> None:
    given: dict[InputId, Decimal] = {"sharing_models": Decimal(10)}
    own, shared = (
        compare(replace(INPUTS, given={**INPUTS.given, **more})).of("fine_tune_own")
        for more in ({}, given)
    )

    assert own.price is not None
    assert shared.price is not None
    assert own.price.one_off == shared.price.one_off
    saved = own.price.month.expected - shared.price.month.expected
    assert saved == machines().month * 2 * Decimal("0.9")


@thoroughly
@given(st.integers(1, 500).map(lambda units: Decimal(units) / 100_000), MODELS, HOURS)
def test_break_even_goes_up_in_steps_of_the_shared_machines(
    per_request: Decimal, models: Decimal, hours: Decimal
) -> None:
    shared = machines(sharing_models=models, hours_a_day=hours)
    prompt = CostLine(fixed=Decimal(0), per_request=per_request)
    trained = CostLine(fixed=Decimal(4000), per_request=Decimal(0), machines=shared)

    found = break_even(prompt, trained)

    if found is None:
        assert per_request * shared.requests <= shared.month
    else:
        first, before = Decimal(found), Decimal(found - 1)
        with localcontext(prec=60):
            assert trained.at(first) <= prompt.at(first)
            assert trained.at(before) > prompt.at(before)
