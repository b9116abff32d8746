"""A use that is not settled as allowed, and models that only mark what they see."""

from typing import Any

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import published
from audits.results.first_action import first_action
from audits.scoring import Assessment, assess
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.explaining.advice_rows import advised_rows, asked, outcome_lines
from tests.scoring.worked_cases import TRAINING_CASE

FRAMEWORK = published("fine_tuning", 2)
SHOWN = Circumstances(unmarked="measured")
FIRST = (
    "First settle whether this use is allowed. "
    "Until then, leave the work to people, and build nothing. "
)
CONTEXTS = {row.text for row in FRAMEWORK.context_rules}
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
    planned = (
        SINGERS | {"state": "planned"} | {each: TRAINING_CASE[each] for each in known}
    )

    assert assessed(planned).verdict == "gather_evidence"
    found = assessed(planned | {"regulatory": "not_settled"})
    assert found.verdict == "gather_evidence"
    assert found.headline == FIRST + "Do not start training yet."


@pytest.mark.parametrize("regulatory", ["low", "internal", "regulated", "high_risk"])
def test_training_waits_until_the_use_is_settled(regulatory: str) -> None:
    assert open_checks(assessed(TRAINING_CASE | {"regulatory": regulatory})) == []

    found = assessed(TRAINING_CASE | {"regulatory": "not_settled"})
    assert found.verdict == "fine_tune"
    assert open_checks(found) == ["use"]
    assert found.headline == FIRST + "Do not start training yet."


@pytest.mark.parametrize("answers", [SINGERS, TRAINING_CASE, {"state": "planned"}])
def test_pages_and_papers_ask_for_nothing_else_before(answers: dict[str, Any]) -> None:
    found = assessed(answers | {"regulatory": "not_settled"})

    words = asked(FRAMEWORK, found)
    assert words == (
        "Ask compliance, data protection and the people it affects whether this use is "
        "allowed. Until then, measure, build and train nothing."
    )
    first = first_action(FRAMEWORK, found)
    assert first
    assert first.title == words
    assert first.parts == ()
    assert [row.label for row in first.rest if row.label != "Part of the system"] == []
    told = [
        row.says
        for row in advised_rows(FRAMEWORK, found)
        if row.label != "Part of the system"
    ]
    assert told == [words]
    assert not [text for text in CONTEXTS if text in found.lead]


@pytest.mark.parametrize("answers", [SINGERS, TRAINING_CASE, {"state": "planned"}])
def test_nothing_is_planned_or_called_settled_before(answers: dict[str, Any]) -> None:
    found = assessed(answers | {"regulatory": "not_settled"})

    assert (found.measurements, found.evidence_plan, found.settle) == (None, (), ())
    assert found.completeness_message.startswith(
        "Not settled: whether this use is allowed"
    )
    assert found.advice
    assert [each.says for each in found.advice.triggers] == [
        "It is settled whether this use is allowed."
    ]


def test_where_the_answers_lead_is_said_once_and_as_a_condition() -> None:
    found = assessed(TRAINING_CASE | {"regulatory": "not_settled"})

    assert found.lead == "It is not settled whether this use is allowed."
    assert outcome_lines(found) == (
        "If the use is allowed, the audit goes on; the answers so far lead to "
        "“Fine-tune”.",
        "If it is not allowed, stop: no model does this work.",
    )
    assert found.named == (
        "gather",
        "gather",
        "First settle whether this use is allowed",
        "",
    )


def test_live_model_is_left_as_it_is_where_more_training_is_asked_about() -> None:
    live = {"state": "live_tuned", "incumbent": "beaten", "retry": "signal"}
    part = {"component": "reranker", "examples": "thousands"}
    found = assessed(live | part | {"regulatory": "not_settled"})

    assert found.verdict == "gather_evidence"
    assert found.headline == (
        "First settle whether this use is allowed. Until then, leave the live model as "
        "it is, and build nothing. Do not retrain the live model."
    )


@pytest.mark.parametrize("incumbent", ["meets", "outdated", "beaten"])
def test_live_model_is_kept_moved_or_stopped_all_the_same(incumbent: str) -> None:
    live = {"state": "live_tuned", "incumbent": incumbent, "quality_gap": "met"}
    answers = TRAINING_CASE | live

    found = assessed(answers | {"regulatory": "not_settled"})
    known = assessed(answers | {"regulatory": "low"})
    assert asked(FRAMEWORK, found) == asked(FRAMEWORK, known)


def test_no_model_decides_a_high_risk_use_on_which_experts_disagree() -> None:
    disputed = SINGERS | {"example_quality": "inconsistent"}

    assert "Meanwhile use a written prompt" in assessed(disputed).headline
    assert assessed(disputed | {"regulatory": "high_risk"}).headline == (
        "First settle what is right: have two experts agree on it. Until then, leave "
        "the work to people, because the use is high risk. Do not start training."
    )


def test_what_experts_have_to_settle_takes_the_place_of_the_verdict() -> None:
    disputed = {"example_quality": "inconsistent", "regulatory": "high_risk"}
    found = assessed(SINGERS | disputed)

    assert found.named.name == "First settle what is right"
    assert asked(FRAMEWORK, found) == (
        "Have two experts settle what is right. Until then, leave the work to people, "
        "and measure, build and train nothing."
    )
    assert found.lead == (
        "Experts disagree on what is right, and the law calls the use high risk."
    )
    assert outcome_lines(found) == (
        "Once the experts agree, the audit goes on; the answers so far lead to "
        "“Prompt”.",
        "If they cannot agree, no model is built, and people keep the work.",
    )


def test_model_that_only_marks_images_gets_no_prompt() -> None:
    found = assessed(WEEDS)

    assert found.context_layer == "untuned_model"
    assert "prompt" not in found.headline
    assert assessed(WEEDS | {"component": "vision"}).context_layer != "untuned_model"


def test_model_that_only_marks_images_is_trained_as_a_small_vision_model() -> None:
    found = assessed(
        TRAINING_CASE
        | {"component": "inspector", "tried": ["specialist", "stronger_model"]}
    )

    assert found.verdict == "fine_tune"
    assert found.advice
    assert found.advice.training_kind
    assert found.advice.training_kind.id == "small_vision"
