"""The use cases of docs/worked_costs.md, each from its numbers to its amounts."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from audits.frameworks.loading.loader import current
from audits.landscape import in_force
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.inputs import Inputs, codes_of
from audits.scoring.money.measuring import MeasuringCost, measuring_cost
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.words import Money
from audits.scoring.numbers.currency import converted, in_its_currency
from audits.scoring.pricing.cost_plan import Price
from tests.scoring.twelve_verdicts import ANSWERS, LEVELS
from tests.scoring.worked_cases import TRAINING_CASE
from tests.scoring.worked_numbers import CALLS

type Numbers = dict[str, Decimal | int]

DAY = date(2026, 11, 24)
# Every number that a sum reads, so that no assumption of the landscape changes it.
GIVEN = CALLS | {
    "cache_hit": "0.9",
    "retry_rate": "0",
    "fte_cost": "180000",
    "engineer_day": "800",
    "label_cost": "1.5",
    "upkeep_share_prompt": "0.05",
    "upkeep_share_rag": "0.1",
    "mlops_share_trained": "0.25",
    "vector_store_month": "200",
    "model_life": "9",
    "ready_months": "0",
    "practice_days": "15",
    "serving_replicas": "2",
    "gpu_tokens_per_second": "9300",
    "gpu_overhead": "1.3",
    "gpu_hour": "2.95",
}
_LEVELS = LEVELS | {"unit_economics": "measured", "smaller_model": "measured"}
# A teacher passes, and each call costs too much.
EXPENSIVE: dict[str, Any] = TRAINING_CASE | {
    "goal": ["cost_latency"],
    "tried": ["instructions", "stronger_model"],
    "quality_gap": "met",
    "teacher": "passes",
    "volume": "1m_10m",
    "unit_economics": "too_high",
}
OFFER = {
    "proposal_by": "Nordlys",
    "proposal_technique": "fine_tune",
    "proposal_currency": "EUR",
    "proposal_once": "120000",
    "proposal_months": "12",
    "proposal_requests": "100000",
}


def assessed(
    answers: Mapping[str, Any],
    *,
    unshown: Any = (),
    **numbers: str | None,
) -> Assessment:
    """Assess one of the use cases on the day of the worked sums; None is not given.

    Nothing shows the answers to the questions that are `unshown`.
    """
    given = (sorted(answers.items()), sorted(unshown), sorted(numbers.items()))
    if (key := repr((given, id(in_force.current())))) not in _assessed:
        inputs = inputs_of(answers, unshown, numbers)
        _assessed[key] = assess_on(current(), inputs, DAY)
    return _assessed[key]


# Many tests ask for the same, which nothing changes in place.
_assessed: dict[str, Assessment] = {}


def inputs_of(
    answers: Mapping[str, Any], unshown: Any, numbers: Mapping[str, str | None]
) -> Inputs:
    given = GIVEN | {**numbers}
    return Inputs(
        codes=codes_of(dict(answers)),
        levels={
            key: _LEVELS[key] for key in answers.keys() & (_LEVELS.keys() - {*unshown})
        },
        numbers={key: x for key, x in given.items() if x is not None},
    )


def money(answers: Mapping[str, Any], **numbers: str | None) -> Money:
    found = money_of(assessed(answers, **numbers))
    assert found is not None
    return found


def of_today(found: Money) -> MoneyRow:
    assert found.today is not None
    return found.today


def measuring(assessment: Assessment) -> MeasuringCost:
    found = measuring_cost(assessment)
    assert found is not None
    return found


def price(assessment: Assessment, technique: PricedTechnique) -> Price:
    assert assessment.costs is not None
    found = assessment.costs.plan.of(technique).price
    assert found is not None
    return found


def v17() -> Numbers:
    found = assessed(ANSWERS["rag"], today="fine_tune_own", **OFFER)
    offer, rag = found.proposal, price(found, "rag")
    assert offer is not None
    assert offer.today is not None
    assert offer.recommended is not None
    assert offer.recommended.technique == "rag"
    nets = offer.net_year(offer.recommended), offer.net_year(offer.today)
    recommended, today = (each.amount for each in nets if each)
    return {
        "offer_year": offer.year.dollars,
        "today_year": offer.today.year,
        "rag_call": rag.line.per_request,
        "rag_month": rag.month.expected,
        "rag_year": offer.recommended.year,
        "more_than_recommended": recommended,
        "more_than_today": today,
    }


def v18() -> Numbers:
    numbers = {"requests": "10000000", "today": "prompt", "smaller": "gpt-6-luna"}
    passes = assessed(EXPENSIVE | {"smaller_model": "passes"}, **numbers)
    fails = assessed(EXPENSIVE | {"smaller_model": "fails"}, **numbers)
    smaller, student = money_of(passes), money_of(fails)
    assert smaller is not None
    assert student is not None
    assert (passes.verdict, fails.verdict) == ("prompt_long_context", "distil")
    assert smaller.chosen.technique == "prompt_smaller"
    assert fails.costs is not None
    assert fails.costs.plan.of("prompt_smaller").price is None
    once = price(fails, "distil").calendar.one_offs
    lines = {each.what: each.amount for each in once if each.day == DAY}
    return {
        "today_month": of_today(student).month.expected,
        "teacher": lines["Teacher-model answers"],
        "student_run": lines["Training runs"],
        "student_once": price(fails, "distil").one_off,
        "student_month": price(fails, "distil").month.expected,
        "student_year": student.chosen.year.expected,
        "smaller_month": price(passes, "prompt_smaller").month.expected,
        "smaller_year": smaller.chosen.year.expected,
        "lead": student.chosen.year.expected - smaller.chosen.year.expected,
    }


def v19() -> Numbers:
    numbers = {"today": "fine_tune_own"}
    kept = money(ANSWERS["keep"], **numbers)
    found = assessed(ANSWERS["keep"], **numbers)
    assert kept.today == kept.recommended
    assert (kept.saving, kept.at_risk) == (None, None)
    assert kept.one_off == 0
    own = price(found, "fine_tune_own")
    return {
        "month": own.month.expected,
        "again": own.calendar.once,
        "year": own.year.expected,
        "printed_year": kept.chosen.year.expected,
    }


def v20() -> Numbers:
    numbers = {"today": "fine_tune_hosted", "tuned": "gpt-4o-mini"}
    found = money(ANSWERS["migrate"], **numbers)
    months = price(
        assessed(ANSWERS["migrate"], **numbers), "fine_tune_hosted"
    ).calendar.months
    assert found.recommended is not None
    assert found.saving_year is not None
    assert {month.running for month in months[2:]} == {months[2].running}
    return {
        "tuned_month": months[0].running,
        "month_2": months[1].running,
        "prompt_month": months[2].running,
        "move": months[1].once,
        "today_year": of_today(found).year.expected,
        "moved_year": found.recommended.year.expected,
        "saving_year": found.saving_year,
    }


def v21() -> Numbers:
    numbers = {"today": "fine_tune_hosted", "tuned": "gpt-4.1-mini"}
    plan = of_today(money(ANSWERS["rag"], **numbers))
    exact = price(assessed(ANSWERS["rag"], **numbers), "fine_tune_hosted")
    first, second, *others = plan.calendar.months
    assert {month.amount for month in others} == {others[0].amount}
    return {
        "once": exact.one_off,
        "tuned_month": exact.month.expected,
        "month_1": first.amount,
        "month_2": second.amount,
        "month_3": others[0].amount,
        "year": plan.year.expected,
    }


def v22() -> Numbers:
    numbers = {"today": "prompt", "model": "gemini-3.8-flash"}
    answers = ANSWERS["prompt_long_context"]
    exact = price(assessed(answers, **numbers), "prompt")
    first, second, *others = exact.calendar.months
    assert {month.amount for month in others} == {others[0].amount}
    return {
        "call": (exact.month.expected - 750) / 100_000,
        "month_1": first.amount,
        "month_2": second.amount,
        "month_3": others[0].amount,
        "year": of_today(money(answers, **numbers)).year.expected,
    }


def v25() -> Numbers:
    found = assessed(ANSWERS["rag"], today="prompt", fte_cost="90000", currency="EUR")
    assert found.entered_in is not None
    assert found.entered_in.rate is not None
    prompt = price(found, "prompt")
    year = prompt.year_as_printed.expected
    return {
        "engineer_year": Decimal(
            converted(found.numbers, found.entered_in)["fte_cost"]
        ),
        "month": prompt.month.expected,
        "year": year,
        "year_in_euros": in_its_currency(year, found.entered_in.rate),
    }


WORKED: dict[str, Callable[[], Numbers]] = {
    "V17": v17,
    "V18": v18,
    "V19": v19,
    "V20": v20,
    "V21": v21,
    "V22": v22,
    "V25": v25,
}
