from datetime import date
from typing import Any, get_args

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading import loader
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.inputs import Inputs
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.words import Money
from audits.scoring.options.option_reasons import why_not
from audits.scoring.options.options import options
from tests.scoring.letters import letters, scored
from tests.scoring.worked_numbers import ON_OWN_GPUS

FRAMEWORK = loader.current()
DAY = date(2026, 11, 24)
# One narrow job that the best prompt misses, and a teacher that passes.
MISSED: dict[str, Any] = {
    "component": "generator",
    "goal": ["task_skill"],
    "state": "planned",
    "tried": ["instructions", "examples", "stronger_model"],
    "eval": "solid_set",
    "quality_gap": "large",
    "task_shape": "narrow_stable",
    "examples": "thousands",
    "example_quality": "consistent",
    "data_rights": "clear",
    "hosting": "cloud_ok",
    "platform": "open",
    "mlops": ["versioned", "suite", "monitoring", "rollback", "retraining"],
}


# The target is met, but too slowly and at too high a price.
SLOW: dict[str, Any] = {
    "goal": ["cost_latency"],
    "quality_gap": "met",
    "unit_economics": "too_high",
    "latency": "hard",
    "latency_evidence": "missed",
}


def assessed(answers: dict[str, Any], **numbers: str) -> Assessment:
    return assess_on(
        FRAMEWORK,
        Inputs(
            codes=read(FRAMEWORK, answers),
            numbers=ON_OWN_GPUS | {"smaller": "gpt-6-luna"} | numbers,
            levels=dict.fromkeys(answers, "measured"),
        ),
        DAY,
    )


def money(answers: dict[str, Any], **numbers: str) -> Money:
    found = money_of(assessed(answers, **numbers))
    assert found
    return found


def test_only_what_has_a_price_is_ruled_out() -> None:
    named = {way for row in FRAMEWORK.ruled_out for way in row.ways}

    assert named <= {*get_args(PricedTechnique)}


@pytest.mark.parametrize(
    ("answers", "technique", "why"),
    [
        ({}, "prompt", "it missed the target"),
        ({}, "few_shot", "it missed the target"),
        # Only what was tested missed it: nobody looked examples up.
        ({}, "few_shot_retrieved", "few-shot missed the target"),
        ({}, "rag", None),
        ({"quality_gap": "met"}, "prompt", None),
        (SLOW | {"latency": "tight"}, "rag", "even the quickest model was too slow"),
        (SLOW | {"latency": "relaxed"}, "rag", None),
        (SLOW | {"smaller_model": "fails"}, "prompt_smaller", "it missed the target"),
        (SLOW | {"smaller_model": "passes"}, "prompt_smaller", None),
        (SLOW | {"teacher": "fails"}, "distil", "no model that could teach it"),
        (SLOW | {"teacher": "passes"}, "distil", None),
        ({"data_rights": "prohibited"}, "distil", "something forbids training"),
        ({"hosting": "self_host"}, "fine_tune_hosted", "a provider’s model is not"),
        (
            {"tried": ["instructions"], "trial": "no_better"},
            "fine_tune_own",
            "the trial model did no better",
        ),
    ],
)
def test_technique_is_ruled_out(
    answers: dict[str, Any], technique: str, why: str | None
) -> None:
    advice = assessed(MISSED | answers).advice

    assert advice
    found = advice.ruled_out.get(technique)
    assert found is None if why is None else found and found.startswith(why)


@pytest.mark.parametrize(
    ("passed", "says"),
    [
        # 85 of 100 must pass: 74 to 86 of 100 may, 69 to 82 may.
        (130, "it is not shown to meet the target"),
        (121, "it missed the target"),
    ],
)
def test_result_that_may_miss_by_chance_is_not_said_to_miss(
    passed: int, says: str
) -> None:
    few_shot, strongest = scored("examples", passed, 160), scored("stronger", 150, 160)

    found = letters(few_shot, strongest, target="0.85")

    assert found.advice
    assert found.advice.ruled_out["few_shot"] == says


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        (
            {},
            "no untuned model that was tested is shown to meet the target, so none can "
            "teach it",
        ),
        ({"teacher": "passes"}, None),
        ({"quality_gap": "met"}, None),
        ({"tried": ["instructions", "examples"]}, None),
    ],
)
def test_nothing_is_distilled_from_models_that_miss_the_target(
    answers: dict[str, Any], says: str | None
) -> None:
    found = assessed(MISSED | {"goal": ["task_skill", "cost_latency"]} | answers)

    assert found.advice
    assert found.advice.ruled_out.get("distil") == says


@pytest.mark.parametrize(
    ("answers", "question", "technique", "why"),
    [
        ({}, "tried", "prompt", "it missed the target"),
        ({}, "tried", "few_shot", "it missed the target"),
        ({}, "tried", "few_shot_retrieved", "few-shot missed the target"),
        ({"tried": ["documents"]}, "tried", "rag", "its search fell short"),
        (SLOW, "latency_evidence", "rag", "even the quickest model was too slow"),
        (
            SLOW | {"smaller_model": "fails"},
            "smaller_model",
            "prompt_smaller",
            "it missed the target",
        ),
    ],
)
def test_what_nothing_shows_to_have_missed_is_what_the_team_says(
    answers: dict[str, Any], question: str, technique: str, why: str
) -> None:
    given = MISSED | answers
    levels: Any = dict.fromkeys(given, "measured")
    shown, said = (
        assess_on(FRAMEWORK, Inputs(codes=read(FRAMEWORK, given), levels=each), DAY)
        for each in (levels, levels | {question: "asserted"})
    )
    assert shown.advice and said.advice  # noqa: PT018

    assert shown.advice.ruled_out[technique] == why
    assert said.advice.ruled_out[technique] == f"the team says that {why}"


def test_way_that_is_only_ticked_beside_results_did_not_miss_the_target() -> None:
    found = letters(
        scored("prompt", 120, 150), answers=MISSED | {"tried": ["examples"]}
    )
    assert found.advice

    assert found.advice.ruled_out["prompt"] == "it missed the target"
    assert found.advice.ruled_out.get("few_shot") != "it missed the target"


def test_smaller_model_missed_the_target_only_where_it_was_tested() -> None:
    dear = MISSED | {"goal": ["cost_latency"], "unit_economics": "too_high"}
    untested = assessed(dear).advice
    tested = assessed(dear | {"smaller_model": "fails"}).advice

    assert untested and tested  # noqa: PT018
    assert untested.ruled_out["prompt_smaller"] == "the larger model missed the target"
    assert tested.ruled_out["prompt_smaller"] == "it missed the target"
    assert untested.ruled_out["prompt"] == "it missed the target"


@pytest.mark.parametrize("smaller", ["gpt-6-luna", ""])
def test_smaller_model_without_price_and_test_is_no_option(smaller: str) -> None:
    numbers = ON_OWN_GPUS | ({"smaller": smaller} if smaller else {})
    inputs = Inputs(
        codes=read(FRAMEWORK, MISSED),
        numbers=numbers,
        levels=dict.fromkeys(MISSED, "measured"),
    )

    names = [x.name for x in options(FRAMEWORK, assess_on(FRAMEWORK, inputs, DAY))]

    assert any("Smaller" in name for name in names) == bool(smaller)


def test_what_is_ruled_out_is_no_other_option_and_says_why_it_is_not_chosen() -> None:
    found = money(MISSED, today="rag")

    assert not [row for row in found.rows if "cheapest_other" in row.roles]
    reasons = why_not(assessed(MISSED, today="rag"))
    meanwhile = (
        "May serve until the trained model is ready, though it missed the target"
    )
    assert reasons["prompt"] == meanwhile
    # Nothing shows which of those that were tested is best, so each may serve.
    assert reasons["few_shot"] == meanwhile
    assert reasons["few_shot_retrieved"] == "Ruled out: few-shot missed the target"
    assert reasons["distil"] == (
        "Ruled out: no untuned model that was tested is shown to meet the target, so "
        "none can teach it"
    )


def test_what_the_verdict_recommends_is_not_ruled_out() -> None:
    answers = MISSED | {"hosting": "self_host", "quality_gap": "met"}
    found = money(answers | {"passed": "prompt"})

    assert found.chosen.technique not in found.ruled_out


def test_no_target_is_missed_where_none_was_set() -> None:
    wrong = MISSED | {"quality_gap": "often_wrong"}
    advice = assessed(wrong).advice
    tested = assessed(
        wrong | SLOW | {"quality_gap": "often_wrong", "smaller_model": "fails"}
    ).advice

    assert advice
    assert tested
    assert advice.ruled_out["prompt"] == "it was often wrong"
    assert advice.ruled_out["few_shot"] == "it was often wrong"
    assert advice.ruled_out["prompt_smaller"] == "the larger model was often wrong"
    assert tested.ruled_out["prompt_smaller"] == "it failed its test"
    said = [*advice.ruled_out.values(), *tested.ruled_out.values()]
    assert not any("missed the target" in each for each in said)
