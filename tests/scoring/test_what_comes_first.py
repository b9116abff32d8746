"""What version 2 wants to see before a training: decision 0041, by made-up cases."""

from typing import Any

import pytest

from audits.scoring.deciding.circumstances import Circumstances
from tests.scoring.deciding.test_principles_of_version_2 import (
    READY,
    SCORED,
    assessed,
    gates,
)

# An agent that counts the stock of a warehouse over eight look-ups.
AGENT: dict[str, Any] = {
    **SCORED,
    **READY,
    "goal": ["reasoning_agent"],
    "state": "none",
    "hosting": "cloud_ok",
    "checker": "automatic",
}
WITH_TOOLS = {"tried": ["instructions", "examples", "stronger_model", "tools"]}


@pytest.mark.parametrize("checker", ["partial", "automatic"])
def test_many_steps_get_tools_before_they_get_a_training(checker: str) -> None:
    without = assessed(AGENT | {"checker": checker})
    with_tools = assessed(AGENT | WITH_TOOLS | {"checker": checker})

    assert without.verdict == "prompt_long_context"
    assert without.headline.startswith("Use a prompt: give the model tools, ")
    assert with_tools.verdict == "fine_tune"
    assert gates(with_tools) == []


@pytest.mark.parametrize("place", ["cloud_ok", "self_host"])
def test_no_other_reason_approves_many_steps_without_tools(place: str) -> None:
    judging = AGENT | {"goal": ["task_skill", "reasoning_agent"], "hosting": place}

    assert gates(assessed(judging)) == ["tools"]
    assert gates(assessed(judging | WITH_TOOLS)) == []


def test_many_steps_that_pass_without_tools_do_not_wait_for_them() -> None:
    paid = {
        "goal": ["reasoning_agent", "cost_latency"],
        "quality_gap": "met",
        "unit_economics": "too_high",
        "volume": "gt_10m",
        "smaller_model": "fails",
        "teacher_rights": "cleared",
    }

    found = assessed(AGENT | paid)

    assert found.verdict == "distil"
    assert "tools" not in gates(found)


def test_facts_over_many_steps_come_by_tools_once_a_prompt_was_scored() -> None:
    found = assessed(
        AGENT | {"goal": ["reasoning_agent", "knowledge"], "knowledge_size": "small"}
    )

    assert found.advice is not None
    assert found.advice.step.id == "tools"


# Damage in photos of parcels, told by a classifier from what handlers once ticked.
DAMAGE: dict[str, Any] = {
    **SCORED,
    **READY,
    "hosting": "cloud_ok",
    "component": "classifier",
    "tried": ["instructions"],
    "examples": "clicks",
    "example_quality": "mostly",
}


def test_labels_on_which_experts_agree_too_seldom_are_settled_first() -> None:
    found = assessed(DAMAGE)

    assert found.blockers == ("labels_unsettled",)
    assert found.verdict == "prompt_long_context"
    assert found.headline.startswith("Have two experts settle what is right. ")


@pytest.mark.parametrize(
    "change",
    [
        {"example_quality": "consistent"},
        {"checker": "automatic"},
        {"quality_gap": "often_wrong"},
        {"hosting": "self_host", "teacher": "passes"},
        {"goal": ["search"], "component": "reranker"},
    ],
)
def test_labels_are_not_held_against_what_is_shown_another_way(
    change: dict[str, Any],
) -> None:
    found = assessed(DAMAGE | change)

    assert found.blockers == ()
    assert found.verdict == "train_small_part"


def test_model_that_no_one_proved_to_pass_excuses_no_labels() -> None:
    claimed = Circumstances(unmarked="documented", levels={"teacher": "asserted"})

    found = assessed(DAMAGE | {"hosting": "self_host", "teacher": "passes"}, claimed)

    assert found.blockers == ("labels_unsettled",)


# Notes on wine in the house style of a merchant, from a few hundred reviewed pairs.
NOTES: dict[str, Any] = {
    **SCORED,
    **READY,
    "hosting": "cloud_ok",
    "examples": "hundreds",
    "tried": ["instructions", "stronger_model"],
}


@pytest.mark.parametrize("state", ["none", "planned", "in_cycle"])
@pytest.mark.parametrize("shape", ["narrow_stable", "narrow_shifting"])
def test_few_labels_go_into_the_prompt_of_a_language_model_first(
    state: str, shape: str
) -> None:
    found = assessed(NOTES | {"state": state, "task_shape": shape})

    assert (found.verdict, found.reasons_measured) == ("few_shot", ("X1",))
    assert found.advice is not None
    assert found.advice.step.id == "examples"


def test_labels_by_the_thousand_leave_the_score_of_examples_as_a_check() -> None:
    assert gates(assessed(NOTES | {"examples": "thousands"})) == ["examples_scored"]


@pytest.mark.parametrize("part", ["generator", "classifier"])
def test_training_for_changing_rules_waits_for_a_plan_to_repeat_it(part: str) -> None:
    scored = NOTES | {"tried": ["instructions", "examples", "stronger_model"]}

    fixed, changing = (
        assessed(scored | {"component": part, "task_shape": shape})
        for shape in ("narrow_stable", "narrow_shifting")
    )

    assert gates(fixed) == []
    assert gates(changing) == ["rules_change"]


def test_search_follows_changing_rules_by_its_documents() -> None:
    search = NOTES | {"component": "retriever", "goal": ["search"]}

    found = assessed(search | {"tried": ["hybrid"], "task_shape": "narrow_shifting"})

    assert found.verdict == "train_small_part"
    assert gates(found) == []


# Cracks in railway sleepers, on pictures from below a train.
CRACKS: dict[str, Any] = {
    **SCORED,
    **READY,
    "component": "vision",
    "hosting": "cloud_ok",
    "tried": ["specialist", "stronger_model"],
}


def test_camera_that_takes_no_prompt_waits_for_no_examples_in_one() -> None:
    camera = assessed(CRACKS)
    chat = assessed(CRACKS | {"tried": ["instructions", "stronger_model"]})

    assert gates(camera) == []
    assert camera.context_layer == "untuned_model"
    assert camera.advice is not None
    assert camera.advice.training_kind is not None
    assert camera.advice.training_kind.id == "small_vision"
    assert gates(chat) == ["examples_scored"]


def test_model_that_hears_is_scored_without_a_written_prompt() -> None:
    found = assessed(
        SCORED
        | {"component": "speech", "tried": ["nothing"], "eval": "none"}
        | {"domain_vocab": "niche", "domain_evidence": "base_fails"}
    )

    assert found.verdict == "gather_evidence"
    assert found.measurements is not None
    assert [x.id for x in found.measurements.experiments] == ["score_untuned"]


def test_untuned_model_that_was_scored_is_not_where_to_start() -> None:
    assert "start with an untuned one" not in assessed(CRACKS).lead
