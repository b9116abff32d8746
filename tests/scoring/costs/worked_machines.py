"""Sums of docs/worked_costs.md with own machines: how many, and what they cost."""

from decimal import Decimal

from audits.scoring import Assessment
from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.pricing.defaults import defaults_for
from tests.scoring.costs.worked_decisions import (
    DAY,
    Numbers,
    assessed,
    money,
    of_today,
    price,
)
from tests.scoring.twelve_verdicts import ANSWERS


def break_even(assessment: Assessment, prompt: PricedTechnique) -> int:
    """Return from where own GPUs never cost more than the best prompt, which it is."""
    assert assessment.costs is not None
    [found] = [
        each
        for each in assessment.costs.plan.break_evens
        if each.trained == "fine_tune_own"
    ]
    assert found.prompt == prompt
    assert found.requests is not None
    return found.requests


def v16() -> Numbers:
    found: Numbers = {}
    for name, requests in {"10m": 10**7, "100m": 10**8, "1bn": 10**9}.items():
        numbers = {"today": "fine_tune_own", "requests": str(requests)}
        tuned = assessed(ANSWERS["fine_tune"], **numbers)
        line = price(tuned, "fine_tune_own").line
        assert line.machines is not None
        found[f"gpus_{name}"] = line.machines.count(Decimal(requests))
        found[f"month_{name}"] = price(tuned, "fine_tune_own").month.expected
        year = of_today(money(ANSWERS["fine_tune"], **numbers)).year
        found[f"year_{name}"] = year.expected
    planned = {"today": "fine_tune_own"}
    alone = assessed(ANSWERS["fine_tune"], **planned)
    both = assessed(ANSWERS["fine_tune"], **planned, smaller="gpt-6-luna")
    return found | {
        "breakeven_prompt": break_even(alone, "prompt"),
        "breakeven_smaller": break_even(both, "prompt_smaller"),
    }


def gpus(found: Assessment, name: str = "") -> Numbers:
    """Return how many GPUs own serving has, and what a month costs with them."""
    own = price(found, "fine_tune_own")
    assert own.line.machines is not None
    count = own.line.machines.count(Decimal(found.numbers["requests"]))
    return {f"gpus{name}": count, f"month{name}": own.month.expected}


def v26() -> Numbers:
    numbers = {"today": "fine_tune_own", "gpu": "L40S 48 GB", "gpu_hour": None}
    numbers |= {"gpu_tokens_per_second": "2000", "hours_a_day": "12"}
    many = {**numbers, "requests": "50000000"}
    answers = ANSWERS["fine_tune"]
    found = assessed(answers, **numbers)
    month = price(found, "fine_tune_own").month
    hour = defaults_for(DAY, "L40S 48 GB")["gpu_hour"]
    return {
        "gpu_hour": hour.expected,
        **gpus(found),
        "month_low": month.low,
        "month_high": month.high,
        "year": of_today(money(answers, **numbers)).year.expected,
        **gpus(assessed(answers, **many), "_50m"),
        **gpus(assessed(answers, **{**many, "hours_a_day": "6"}), "_50m_in_6_hours"),
        "breakeven_prompt": break_even(found, "prompt"),
    }


def v27() -> Numbers:
    numbers = {"today": "fine_tune_own", "sharing_models": "10"}
    answers = ANSWERS["fine_tune"]
    found = assessed(answers, **numbers)
    return {
        **gpus(found),
        "once": price(found, "fine_tune_own").one_off,
        "year": of_today(money(answers, **numbers)).year.expected,
        **gpus(assessed(answers, **numbers, requests="10000000"), "_10m"),
        "breakeven_prompt": break_even(found, "prompt"),
    }
