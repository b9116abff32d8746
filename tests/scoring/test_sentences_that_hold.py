"""A sentence of version 2 says only the half of a condition that holds."""

from dataclasses import replace
from typing import Any

import pytest

from audits.frameworks.answering.answers import read
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.deciding.flips import flips
from tests.scoring.deciding.test_principles_of_version_2 import (
    FRAMEWORK,
    MANUALS,
    READY,
    SCORED,
    SHOWN,
    assessed,
)


@pytest.mark.parametrize("answers", [MANUALS, {"goal": ["task_skill"]}])
def test_nobody_stays_with_what_does_not_exist_yet(answers: dict[str, Any]) -> None:
    nothing = {"state": "none", "tried": ["nothing"]}
    scored = {"tried": ["instructions"], "eval": "small_set", "quality_gap": "large"}

    assert assessed(answers | nothing).headline.startswith("Start with a written ")
    assert assessed(answers | scored).headline.startswith("Use a prompt: ")


def test_knowledge_that_was_counted_is_not_called_uncounted() -> None:
    counted = assessed(MANUALS | {"knowledge_size": "huge"})
    uncounted = assessed({**MANUALS, "knowledge_size": "unknown"})

    assert "does not fit in the context window, so use retrieval" in counted.lead
    assert "nothing shows that the text to be searched is short" in uncounted.lead
    # “Large” is up to half of the window: it fits, and something else is against it.
    large = assessed({**MANUALS, "knowledge_size": "large"})
    assert "over 200,000 tokens in each call are read less reliably" in large.lead
    assert "though they fit in the context window, so use retrieval" in large.lead
    [said] = (x for x in large.trace.context_rules if x.outcome == "fired")
    assert (said.text in large.lead, large.verdict) == (True, uncounted.verdict)


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        ("large", "falls short by more than 5 points"),
        ("often_wrong", "gets more than 20 of 100 answers wrong"),
    ],
)
@pytest.mark.parametrize(
    ("hosting", "place"), [("self_host", "On your own servers"), ("device", "On the ")]
)
def test_gap_and_place_are_those_of_the_case(
    gap: str, said: str, hosting: str, place: str
) -> None:
    found = assessed(SCORED | READY | {"quality_gap": gap, "hosting": hosting})

    assert found.lead.count(said) == 2
    assert place in found.lead


def test_part_learns_from_what_there_is() -> None:
    part = SCORED | READY | {"component": "classifier", "hosting": "cloud_ok"}

    assert "the reviewed examples that you have" in assessed(part).headline
    clicks = assessed(part | {"examples": "clicks"})
    assert "the clicks or machine labels that you have" in clicks.headline


def test_live_model_moves_for_what_ends() -> None:
    live = SCORED | READY | {"state": "live_tuned"}

    base = assessed(live | {"platform": "closing", "incumbent": "meets"})
    rules = assessed(live | {"incumbent": "outdated"})

    assert "rules" not in base.lead
    assert "base model" not in rules.lead


def test_flips_of_another_world_come_last() -> None:
    found = flips(FRAMEWORK, read(FRAMEWORK, SCORED), 2, SHOWN)

    worlds = [flip.way == "world" for flip in found]

    assert worlds == sorted(worlds)
    assert {len(flip.changes) for flip in found if flip.way != "world"} == {1, 2}


ONE_JOB = READY | {
    "tried": ["stronger_model"],
    "eval": "small_set",
    "task_shape": "narrow_stable",
    "component": "generator",
    "mlops": "partial",
    "state": "none",
}
TAUGHT = ONE_JOB | {
    "goal": ["cost_latency"],
    "quality_gap": "met",
    "teacher": "passes",
    "examples": "hundreds",
}
SLOW = {"latency": "tight", "latency_evidence": "missed"}
DEAR = {
    "unit_economics": "too_high",
    "volume": "100k_1m",
    "cost_case": "trained_cheaper",
    "smaller_model": "fails",
}
LIMITED = ONE_JOB | {
    "goal": ["cost_latency"],
    "quality_gap": "small",
    "teacher": "fails",
    "examples": "clicks",
}


@pytest.mark.parametrize(
    ("answers", "rule", "name", "said"),
    [
        (TAUGHT | SLOW, "distil_small", "Speed", "needed only for speed, and"),
        (TAUGHT | DEAR, "distil_small", "Cost", "needed only for cost, and"),
        (
            TAUGHT | DEAR | SLOW,
            *("distil_small", "Fit for a small model"),
            "needed only for cost and speed, and",
        ),
        (
            LIMITED | SLOW | {"latency": "hard"},
            *("distil_limit", "A limit calls for it"),
            "speed (under 0.3 seconds), and people can label its training data",
        ),
        (
            LIMITED
            | {"goal": ["task_skill"], "hosting": "self_host"}
            | {"teacher": "passes", "examples": "none"},
            *("distil_limit", "A limit calls for it"),
            "(your own servers), and a large model can label its training data",
        ),
    ],
)
def test_small_model_is_needed_for_what_holds_and_nothing_else(
    answers: dict[str, Any], rule: str, name: str, said: str
) -> None:
    levels: dict[str, EvidenceLevel] = {}
    if rule == "distil_limit":
        levels["teacher"] = "asserted"

    found = assessed(answers, replace(SHOWN, levels=levels))

    [fired] = [x for x in found.trace.verdict_rules if x.outcome == "fired"]
    assert (fired.id, fired.name) == (rule, name)
    assert said in fired.text
    assert "cost, speed or location" not in fired.text
