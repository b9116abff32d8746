"""A use case with which nothing is wrong: a contract ends, or somebody reviews it."""

from typing import Any

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import published
from audits.scoring import Assessment, assess
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.deciding.flips import flips
from tests.scoring.worked_cases import TRAINING_CASE

FRAMEWORK = published("fine_tuning", 2)
SHOWN = Circumstances(unmarked="measured")
KEPT = (
    "Keep what runs today, since nothing is wrong with it. "
    "Test what runs before you change it. "
)
# A library whose contract for sorting its letters ends.
LETTERS: dict[str, Any] = {"goal": ["nothing"], "state": "none"}


def assessed(answers: dict[str, Any]) -> Assessment:
    return assess(FRAMEWORK, read(FRAMEWORK, answers), SHOWN)


def step(found: Assessment) -> str:
    assert found.advice
    return found.advice.step.id


@pytest.mark.parametrize(
    "known",
    [
        {},
        {"tried": ["nothing"], "examples": "thousands"},
        {"task_shape": "rules"},
        {"task_shape": "table"},
        {"component": "speech"},
        {"component": "reranker", "examples": "thousands"},
        {"hosting": "self_host"},
    ],
)
def test_what_runs_today_is_kept(known: dict[str, Any]) -> None:
    found = assessed(LETTERS | known)

    assert found.headline == KEPT + "Do not start training."
    assert step(found) == "leave"


@pytest.mark.parametrize(
    ("passed", "verdict"),
    [
        ("prompt", "prompt_long_context"),
        ("examples", "few_shot"),
        ("retrieval", "rag"),
        ("model", "untuned_model"),
    ],
)
@pytest.mark.parametrize("shape", ["narrow_stable", "rules", "table"])
def test_what_was_scored_and_passes_is_kept(
    passed: str, verdict: str, shape: str
) -> None:
    scored = {
        "tried": ["instructions", "examples", "documents", "specialist"],
        "eval": "solid_set",
        "quality_gap": "met",
        "passed": passed,
        "task_shape": shape,
    }

    found = assessed(LETTERS | scored)

    assert (found.verdict, step(found)) == (verdict, "keep")


def test_score_that_misses_counts_for_more_than_the_impression() -> None:
    scored = {"tried": ["instructions"], "eval": "solid_set", "quality_gap": "large"}

    assert step(assessed(LETTERS | scored)) == "stronger_model"


@pytest.mark.parametrize("state", ["none", "planned", "in_cycle", "failed_or_paused"])
def test_no_reason_to_train_holds_where_nothing_is_wrong(state: str) -> None:
    found = assessed(TRAINING_CASE | {"goal": ["nothing"], "state": state})

    assert assessed(TRAINING_CASE | {"state": state}).reasons_measured
    assert found.reasons_measured == ()
    assert found.advice
    assert found.advice.standing is None


@pytest.mark.parametrize(
    ("known", "verdict"),
    [
        ({}, "keep"),
        ({"incumbent": "meets"}, "keep"),
        ({"incumbent": "meets", "platform": "closing"}, "migrate"),
        ({"incumbent": "outdated"}, "migrate"),
    ],
)
def test_live_model_is_kept_or_moved_as_with_any_fault(
    known: dict[str, Any], verdict: str
) -> None:
    live = LETTERS | {"state": "live_tuned"} | known

    assert assessed(live).verdict == verdict
    assert assessed(live | {"goal": ["task_skill"]}).verdict == verdict


def test_fault_that_was_counted_is_not_told_to_be_none() -> None:
    tried = {
        change.option
        for flip in flips(FRAMEWORK, read(FRAMEWORK, TRAINING_CASE), 1, SHOWN)
        for change in flip.changes
        if change.question == "goal"
    }

    assert "knowledge" in tried
    assert "nothing" not in tried
