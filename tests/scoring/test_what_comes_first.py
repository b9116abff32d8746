"""What version 2 wants to see before a training: decision 0041, by made-up cases."""

from typing import Any

import pytest

from tests.scoring.test_principles_of_version_2 import READY, SCORED, assessed, gates

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
    assert without.headline.startswith("Stay with a prompt: give the model tools, ")
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
