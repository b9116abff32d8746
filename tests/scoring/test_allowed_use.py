"""A use that is not settled as allowed, and models that only mark what they see."""

from typing import Any

import pytest

from audits.frameworks.answers import read
from audits.frameworks.loader import published
from audits.scoring import Assessment, assess
from audits.scoring.deciding.circumstances import Circumstances

FRAMEWORK = published("fine_tuning", 2)
SHOWN = Circumstances(unmarked="measured")
FIRST = (
    "First settle whether this use is allowed. "
    "Until then, leave the work to people, and build nothing. "
)
# A choir that ranks singers by their recordings.
SINGERS: dict[str, Any] = {"goal": ["task_skill"], "state": "none", "tried": ["demo"]}
# Weeds to be counted in pictures of a field.
WEEDS: dict[str, Any] = {
    "goal": ["task_skill"],
    "state": "none",
    "tried": ["nothing"],
    "component": "inspector",
    "task_shape": "narrow_stable",
}
# Terms of a guild, on which the strongest model fails.
GUILD: dict[str, Any] = {
    "goal": ["task_skill"],
    "tried": ["instructions", "examples", "stronger_model"],
    "eval": "solid_set",
    "quality_gap": "large",
    "task_shape": "narrow_stable",
    "component": "generator",
    "examples": "thousands",
    "example_quality": "consistent",
    "data_rights": "clear",
    "platform": "open",
    "mlops": "ready",
    "team": "dedicated",
}


def assessed(answers: dict[str, Any]) -> Assessment:
    return assess(FRAMEWORK, read(FRAMEWORK, answers), SHOWN)


def open_checks(found: Assessment) -> list[str]:
    assert found.advice
    return [gate.id for gate in found.advice.subject_to]


def test_use_that_is_not_settled_is_settled_before_anything_is_built() -> None:
    found = assessed(SINGERS | {"regulatory": "not_settled"})

    assert found.headline == FIRST + "Do not start training."
    assert found.advice
    assert found.advice.step.id == "settle_use"


def test_use_that_is_not_settled_is_settled_before_it_is_measured() -> None:
    known = ("task_shape", "component", "examples", "example_quality")
    planned = SINGERS | {"state": "planned"} | {each: GUILD[each] for each in known}

    assert assessed(planned).verdict == "gather_evidence"
    found = assessed(planned | {"regulatory": "not_settled"})
    assert found.verdict == "gather_evidence"
    assert found.headline == FIRST + "Do not start training yet."


@pytest.mark.parametrize("regulatory", ["low", "internal", "regulated", "high_risk"])
def test_training_waits_until_the_use_is_settled(regulatory: str) -> None:
    assert open_checks(assessed(GUILD | {"regulatory": regulatory})) == []
    assert open_checks(assessed(GUILD | {"regulatory": "not_settled"})) == ["use"]


def test_no_model_decides_a_high_risk_use_on_which_experts_disagree() -> None:
    disputed = SINGERS | {"example_quality": "inconsistent"}

    assert "Meanwhile use a written prompt" in assessed(disputed).headline
    assert assessed(disputed | {"regulatory": "high_risk"}).headline == (
        "Have two experts settle what is right. Until then, leave the work to people: "
        "the use is high risk. Do not start training."
    )


def test_model_that_only_marks_images_gets_no_prompt() -> None:
    found = assessed(WEEDS)

    assert found.context_layer == "untuned_model"
    assert "prompt" not in found.headline
    assert assessed(WEEDS | {"component": "vision"}).context_layer != "untuned_model"


def test_model_that_only_marks_images_is_trained_as_a_small_vision_model() -> None:
    found = assessed(
        GUILD | {"component": "inspector", "tried": ["specialist", "stronger_model"]}
    )

    assert found.verdict == "fine_tune"
    assert found.advice
    assert found.advice.training_kind
    assert found.advice.training_kind.id == "small_vision"
