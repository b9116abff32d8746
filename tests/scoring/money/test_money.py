import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import published
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on, costs_on
from audits.scoring.inputs import Inputs
from audits.scoring.money.of_assessment import money_of, recommended_way, todays_plan
from audits.scoring.money.states import PlanState
from audits.scoring.money.words import Money
from audits.scoring.pricing.cost_plan import Price
from tests.scoring.costs.worked_decisions import money as priced
from tests.scoring.twelve_verdicts import ANSWERS
from tests.scoring.worked_numbers import ON_OWN_GPUS

DAY = date(2026, 11, 24)
# A model is not named, so nothing but training on own GPUs has a price.
UNPRICED = {"requests": "5"}
KNOWLEDGE: dict[str, Code] = {"goal": ("knowledge",), "state": "planned"}
SPEED: dict[str, Code] = {
    "goal": ("cost_latency",),
    "latency": "hard",
    "latency_evidence": "missed",
}


def assessed(answers: dict[str, Code], **numbers: str) -> Assessment:
    return assess_on(
        published("fine_tuning", 1),
        Inputs(codes=answers, numbers=ON_OWN_GPUS | numbers),
        DAY,
    )


def money(answers: dict[str, Code], **numbers: str) -> Money:
    found = money_of(assessed(answers, **numbers))
    assert found is not None
    return found


def price_of(assessment: Assessment, technique: str) -> Price:
    assert assessment.costs is not None
    [cost] = [c for c in assessment.costs.plan.techniques if c.technique == technique]
    assert cost.price is not None
    return cost.price


def test_plan_is_held_against_what_is_recommended_and_the_next_best() -> None:
    assessment, found = assessed(KNOWLEDGE), money(KNOWLEDGE)

    assert assessment.verdict == "rag"
    assert [(row.roles, row.technique) for row in found.rows] == [
        (("today",), "fine_tune_own"),
        (("recommended",), "rag"),
        (("next_best",), "prompt"),
    ]
    assert found.on == DAY
    assert found.today == found.rows[0]
    assert found.chosen == found.rows[1]
    assert found.chosen.name == "Retrieval (RAG)"
    assert found.chosen.month == price_of(assessment, "rag").month.as_printed
    assert found.chosen.year == price_of(assessment, "rag").year_as_printed
    assert found.one_off == 8300


def test_amounts_add_up_as_they_are_printed() -> None:
    found = money(KNOWLEDGE)
    assert found.today
    assert found.saving
    before, after = found.today.month.expected, found.chosen.month.expected

    assert [before, after] == [int(before), int(after)]
    assert found.saving == before - after
    assert found.today.year.expected == 12 * before + found.today.calendar.once
    assert found.at_risk == found.today.year.expected
    assert found.chosen.year.expected == 12 * after + 8300
    assert found.saving_year == found.today.year.expected - found.chosen.year.expected


def test_payback_follows_from_the_figures_that_stand_beside_it() -> None:
    long = {"prefix_tokens": "150000", "knowledge_tokens": "148500"}
    found = money(KNOWLEDGE, today="prompt", **long)

    assert found.saving
    assert found.saving > 0
    assert found.payback_months == found.one_off / found.saving
    assert f"“Retrieval” costs ${found.one_off:,} up front. " in found.note
    assert re.search(
        rf"paid back in [\d.]+ months, at \${found.saving:,} a month less\.", found.note
    )


def test_training_of_a_live_model_is_paid_already() -> None:
    planned, live = money(KNOWLEDGE).today, money({**KNOWLEDGE, "state": "live_tuned"})

    assert planned
    assert live.today
    assert planned.calendar.at_start == 19_303
    assert live.today.calendar.at_start == 0
    assert live.today.month == planned.month


def test_plan_that_the_verdict_is_against_is_at_risk_for_a_year() -> None:
    found = money(KNOWLEDGE)

    year = price_of(assessed(KNOWLEDGE), "fine_tune_own").year_as_printed.expected
    assert (found.at_risk, found.at_risk_if) == (year, "we_go_on")


@pytest.mark.parametrize("state", ["planned", "stopped"])
def test_plan_that_does_not_run_puts_nothing_at_risk(state: PlanState) -> None:
    found = money_of(assessed(KNOWLEDGE), state)

    assert found
    assert (found.at_risk, found.at_risk_if) == (None, None)
    assert "At risk if" not in found.note
    assert [row.year for row in found.rows] == [r.year for r in money(KNOWLEDGE).rows]


def test_what_is_trained_later_at_most_puts_nothing_at_risk_and_is_not_approved() -> (
    None
):
    assessment, found = assessed(SPEED, today="prompt"), money(SPEED, today="prompt")

    assert assessment.trained_layer == "fine_tune_after_mlops"
    calendar = price_of(assessment, "fine_tune_own").calendar
    assert calendar.as_printed.at_start == 19_303
    assert (found.at_risk, found.at_risk_if) == (None, None)
    # A quarter of an engineer at $180,000 a year.
    assert found.people
    assert found.people.expected == 45_000
    assert found.asks.startswith("This asks for about $93,000 ($")
    assert found.parts.endswith(
        "with “Prompt” in these 12 months, that is $109,392. After a second approval, "
        "training in place of “Prompt” adds $119,782 if it began at once, the $164,782 "
        "less $45,000 for the same people: $212,782 ($143,001 to $444,008) in all."
    )
    assert found.chosen.calendar.once == 19_303 + 9_603


def test_plan_that_is_recommended_stands_once_and_saves_nothing_on_itself() -> None:
    found = money(SPEED)

    assert [(row.roles, row.technique) for row in found.rows] == [
        (("today", "later"), "fine_tune_own"),
        (("next_best",), "distil"),
    ]
    assert found.today == found.chosen
    assert (found.saving, found.payback_months) == (None, None)


def test_verdict_that_only_funds_the_means_decides_no_spending_yet() -> None:
    found = money(SPEED, today="prompt")

    assert (found.recommended, found.is_undecided) == (None, True)
    assert found.standing == "If trained later"
    assert "saved" not in found.note
    assert "paid back" not in found.note


def test_verdict_that_gathers_evidence_decides_no_spending_yet() -> None:
    gathering: dict[str, Code] = {
        "goal": ("task_skill",),
        "state": "planned",
        "component": "generator",
        "tried": ("nothing",),
        "eval": "none",
        "task_shape": "narrow_stable",
        "volume": "100k_1m",
        "hosting": "cloud_ok",
        "data_rights": "clear",
        "examples": "thousands",
    }
    assessment = assess_on(
        published("fine_tuning", 2), Inputs(codes=gathering, numbers=ON_OWN_GPUS), DAY
    )
    found = money_of(assessment)

    assert assessment.family == "gather"
    assert found
    assert (found.recommended, found.is_undecided) == (None, True)
    assert (found.standing, found.unpriced) == ("Meanwhile", "")
    assert found.measuring
    assert found.measuring.amount
    hours, year = found.measuring.amount.expected, found.chosen.year.expected
    assert f"asks for about ${hours + found.one_off:,.0f} ($" in found.asks
    assert f": ${hours:,.0f} measures, and $" in found.parts
    assert f" the 12 months cost ${hours + year:,.0f}" in found.parts
    assert f"come to ${hours + year:,.0f}." in found.note
    planned = money_of(assessment, "planned")
    assert planned
    assert (
        "Once approved, this holds $164,782 planned for “Tuned open model”."
        in planned.asks
    )


def test_training_that_costs_nothing_can_lose_nothing() -> None:
    free = {"engineer_day": "0", "label_cost": "0", "training_price_own": "0"}

    found = priced(ANSWERS["fine_tune"], **free)

    assert found.at_risk == 0
    assert found.at_risk_if == "its_test_fails"


def test_untrained_plan_that_is_recommended_puts_nothing_at_risk() -> None:
    found = money(KNOWLEDGE, today="rag")

    assert (found.at_risk, found.at_risk_if) == (None, None)
    assert [row.roles for row in found.rows] == [
        ("today", "recommended"),
        ("next_best",),
    ]


def test_without_a_plan_nothing_is_saved_or_at_risk() -> None:
    found = money(KNOWLEDGE, today="fine_tune_hosted")  # it has no price here

    assert found.today is None
    assert (found.saving, found.at_risk) == (None, None)
    assert found.rows[0].roles == ("recommended",)


@pytest.mark.parametrize(
    ("answers", "on", "way"),
    [
        (SPEED, date(2026, 11, 24), "fine_tune_own"),  # the hosted base ends in weeks
        (SPEED, date(2024, 10, 1), "fine_tune_hosted"),
        ({"goal": ("task_skill",)}, date(2024, 10, 1), "prompt_smaller"),
    ],
)
def test_cheapest_way_of_a_technique_is_taken(
    answers: dict[str, Code], on: date, way: str
) -> None:
    models = {"model": "gpt-4o", "smaller": "gpt-4o-mini", "tuned": "gpt-4o-mini"}
    assessment = assess_on(
        published("fine_tuning", 1),
        Inputs(codes=answers, numbers=ON_OWN_GPUS | models),
        on,
    )

    assert assessment.costs is not None
    assert recommended_way(assessment, assessment.costs.plan) == way


def test_recommendation_is_held_against_the_training_that_was_planned() -> None:
    crossing = money(KNOWLEDGE, tuned="gpt-4o-mini").crossing

    assert crossing is not None
    assert (crossing.untrained, crossing.trained) == ("rag", "fine_tune_own")
    rag = price_of(assessed(KNOWLEDGE), "rag").line
    own = price_of(assessed(KNOWLEDGE), "fine_tune_own").line
    assert crossing.requests is not None
    volume = Decimal(crossing.requests)
    assert rag.at(volume) >= own.at(volume)
    assert rag.at(volume - 1) < own.at(volume - 1)


def test_training_that_was_planned_is_held_against_it_though_another_is_cheaper() -> (
    None
):
    numbers = {"tuned": "gpt-4o-mini", "today": "fine_tune_hosted"}
    crossing = money(KNOWLEDGE, **numbers).crossing

    assert crossing is not None
    assert crossing.trained == "fine_tune_hosted"


def test_training_that_is_recommended_is_held_against_the_best_prompt() -> None:
    crossing = money(SPEED, today="prompt").crossing

    assert crossing is not None
    assert (crossing.untrained, crossing.trained) == ("prompt", "fine_tune_own")


def test_without_a_plan_the_cheapest_training_is_held_against_it() -> None:
    crossing = money(KNOWLEDGE, today="prompt").crossing

    assert crossing is not None
    assert crossing.trained == "fine_tune_own"


def test_without_a_trained_price_there_is_no_crossing() -> None:
    assessment = assessed(KNOWLEDGE)
    assert assessment.costs is not None
    plan = replace(assessment.costs.plan, break_evens=())
    costs = replace(assessment.costs, plan=plan)

    found = money_of(replace(assessment, costs=costs))

    assert found is not None
    assert found.crossing is None


@pytest.mark.parametrize("numbers", [{}, {"requests": "100"}])
def test_without_a_price_there_is_no_money(numbers: dict[str, str]) -> None:
    assessment = assess_on(
        published("fine_tuning", 1), Inputs(codes=KNOWLEDGE, numbers=numbers), DAY
    )

    assert money_of(assessment) is None


def test_swings_stay_where_what_is_recommended_has_no_price() -> None:
    found = assess_on(
        published("fine_tuning", 1), Inputs(codes=KNOWLEDGE, numbers=UNPRICED), DAY
    )

    assert found.costs is not None
    assert recommended_way(found, found.costs.plan) is None
    assert found.costs == costs_on(UNPRICED, DAY)


def test_swings_are_about_what_is_recommended() -> None:
    costs = assessed(KNOWLEDGE).costs

    assert costs is not None
    assert costs.plan.cheapest is not None
    assert costs.plan.cheapest.technique == "prompt"
    assert {swing.technique for swing in costs.swings} == {"rag"}
    assert {swing.against for swing in costs.swings} == {"fine_tune_own"}


@pytest.mark.parametrize(
    ("answers", "today", "against"),
    [
        (KNOWLEDGE, "fine_tune_own", True),
        (KNOWLEDGE, "prompt", True),
        (KNOWLEDGE, "rag", False),
        (SPEED, "fine_tune_own", False),
        (SPEED, "prompt", False),
    ],
)
def test_verdict_is_against_a_plan_of_today_that_it_does_not_recommend(
    answers: dict[str, Code], today: str, *, against: bool
) -> None:
    assessment = assessed(answers, today=today)
    found = todays_plan(assessment)

    assert found
    assert assessment.costs
    assert found.technique == today
    price = assessment.costs.plan.of(found.technique).price
    assert price
    assert found.month == price.month.as_printed
    assert found.is_against == against, assessment.verdict


def test_plan_of_today_is_unknown_without_a_name_or_a_price() -> None:
    nameless = {**ON_OWN_GPUS}
    del nameless["today"]
    for numbers in ({}, nameless, {"requests": "5", "today": "rag"}):
        found = assess_on(
            published("fine_tuning", 1), Inputs(codes=KNOWLEDGE, numbers=numbers), DAY
        )

        assert todays_plan(found) is None
