"""Training that was set aside, where nothing is known to be different this time."""

from typing import Any

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import published
from audits.scoring import Assessment, assess
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.explaining.advice_rows import asked
from tests.scoring.worked_cases import TRAINING_CASE

FRAMEWORK = published("fine_tuning", 2)
SHOWN = Circumstances(unmarked="measured")
# Applications, scored by a model that was tuned twice up to the level at which
# recruiters disagree; a prompt misses by 18 points.
RECRUITERS = TRAINING_CASE | {
    "state": "failed_or_paused",
    "retry": "nothing",
    "tried": ["instructions"],
    "example_quality": "inconsistent",
}
# Photos of welds, which the ready-made models misjudge.
WELDS = RECRUITERS | {
    "component": "inspector",
    "tried": ["specialist", "stronger_model"],
    "example_quality": "consistent",
}
ALL_PROMPTS = ["instructions", "examples", "stronger_model", "optimised", "split"]


def assessed(answers: dict[str, Any], under: Circumstances = SHOWN) -> Assessment:
    return assess(FRAMEWORK, read(FRAMEWORK, answers), under)


@pytest.mark.parametrize("retry", ["nothing", "unknown"])
def test_training_that_was_set_aside_is_stopped_by_name(retry: str) -> None:
    found = assessed(RECRUITERS | {"retry": retry})

    assert found.verdict == "stop_fine_tuning"
    assert found.headline == (
        "Do not restart training, since it would repeat the earlier attempt. Next "
        "step: have two experts settle what is right. Meanwhile use the best approach "
        "that you tested, but only where people check every answer."
    )


def test_decision_on_what_was_set_aside_speaks_of_nothing_that_runs() -> None:
    assert asked(FRAMEWORK, assessed(RECRUITERS)) == (
        "Agree to spend nothing more on training, and to use the best approach that "
        "you tested."
    )


@pytest.mark.parametrize("retry", ["signal", "paused_only"])
def test_training_that_would_not_be_the_same_is_not_stopped(retry: str) -> None:
    assert assessed(RECRUITERS | {"retry": retry}).verdict == "prompt_long_context"


@pytest.mark.parametrize(
    ("change", "verdict", "step"),
    [
        ({"goal": ["knowledge", "task_skill"]}, "rag", "settle_labels"),
        ({"traceability": "required"}, "rag", "settle_labels"),
        ({"component": "reranker"}, "rag", "settle_labels"),
        ({"example_quality": "mostly"}, "few_shot", "settle_labels"),
        ({"example_quality": "consistent"}, "few_shot", "examples"),
        ({"component": "inspector"}, "untuned_model", "settle_labels"),
        ({"task_shape": "rules"}, "untuned_model", "settle_labels"),
    ],
)
def test_cheaper_approach_that_nobody_scored_comes_first(
    change: dict[str, Any], verdict: str, step: str
) -> None:
    found = assessed(RECRUITERS | change)

    assert (found.verdict, found.advice and found.advice.step.id) == (verdict, step)


@pytest.mark.parametrize(
    "change",
    [
        {"goal": ["knowledge", "task_skill"], "tried": ["documents"]},
        {"component": "inspector", "tried": ["specialist"]},
        {"example_quality": "mostly", "tried": ["examples"]},
        {"example_quality": "mostly", "examples": "few", "teacher": "passes"},
    ],
)
def test_training_is_stopped_once_the_cheaper_approach_was_scored(
    change: dict[str, Any],
) -> None:
    assert assessed(RECRUITERS | change).verdict == "stop_fine_tuning"


@pytest.mark.parametrize(
    ("answers", "left"),
    [
        (WELDS, {"tried": ["stronger_model"]}),
        (WELDS, {"tried": ["specialist"]}),
        (
            RECRUITERS | {"example_quality": "consistent", "tried": ALL_PROMPTS},
            {"tried": ALL_PROMPTS[:-1]},
        ),
    ],
)
def test_training_is_stopped_once_no_approach_is_left_to_score(
    answers: dict[str, Any], left: dict[str, Any]
) -> None:
    found = assessed(answers)

    assert (found.verdict, found.advice and found.advice.step.id) == (
        "stop_fine_tuning",
        "person",
    )
    assert assessed(answers | left).verdict == found.context_layer


def test_miss_that_is_only_said_stops_nothing() -> None:
    said = Circumstances(unmarked="measured", levels={"quality_gap": "asserted"})

    assert assessed(RECRUITERS, said).verdict == "prompt_long_context"


@pytest.mark.parametrize(
    ("regulatory", "first"),
    [("not_settled", "whether this use is allowed"), ("high_risk", "what is right")],
)
def test_what_comes_before_all_else_still_does_where_nothing_runs(
    regulatory: str, first: str
) -> None:
    found = assessed(RECRUITERS | {"regulatory": regulatory})

    assert found.prerequisite
    assert found.prerequisite.settles == first
    assert "leave the work to people" in found.headline
    assert found.headline.endswith("Do not restart training.")
