import pytest
from hypothesis import HealthCheck, given, settings

from audits.frameworks import flow
from audits.frameworks.evaluation import Code
from audits.frameworks.loader import current
from audits.scoring import Assessment, assess
from audits.scoring.decision import decide
from audits.scoring.evidence import evidence_plan
from tests.scoring.test_flips import answer_sets

FRAMEWORK = current()
CLAIM: dict[str, Code] = {
    "goal": ("format",),
    "state": "planned",
    "format_need": "bespoke",
    "format_evidence": "not_measured",
    "eval": "none",
    "tried": "informal",
}


def questions(assessment: Assessment) -> list[str]:
    return [finding.question for finding in assessment.evidence_plan]


def test_claimed_reason_asks_for_its_measurement_and_for_the_test_set() -> None:
    plan = assess(FRAMEWORK, CLAIM).evidence_plan

    because = {finding.question: finding.because for finding in plan}
    assert because["format_evidence"] == "A claimed reason to train rests on it."
    assert {"eval", "tried"} <= set(because)


BLOCKERS = ["data_rights", "examples", "platform", "task_shape"]


@pytest.mark.parametrize("blocker", BLOCKERS)
def test_unknown_answer_of_a_blocker_is_always_in_the_plan(blocker: str) -> None:
    assert blocker in questions(assess(FRAMEWORK, {**CLAIM, blocker: "unknown"}))
    assert blocker in questions(assess(FRAMEWORK, {}))


def test_plan_is_ordered_by_the_time_it_takes() -> None:
    hours = [finding.hours for finding in assess(FRAMEWORK, CLAIM).evidence_plan]

    assert hours == sorted(hours)


def test_known_answer_is_not_asked_again() -> None:
    known: dict[str, Code] = {**CLAIM, "data_rights": "clear", "examples": "thousands"}

    assert not {"data_rights", "examples"} & set(questions(assess(FRAMEWORK, known)))


def test_finding_carries_the_experiment_of_the_framework() -> None:
    [finding] = [
        finding
        for finding in assess(FRAMEWORK, CLAIM).evidence_plan
        if finding.question == "format_evidence"
    ]

    question = FRAMEWORK.asked["format_evidence"]
    assert finding.experiment == question.experiment
    assert (finding.how, finding.hours) == (question.find_out, question.hours)


def test_decisive_question_says_what_it_could_become() -> None:
    answers: dict[str, Code] = {"goal": ("style",), "state": "none"}

    [finding] = [
        finding
        for finding in assess(FRAMEWORK, answers).evidence_plan
        if finding.question == "traceability"
    ]

    assert finding.could_become == ("Retrieval (RAG)",)
    assert finding.because == "One answer to it could change the verdict."


@settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
@given(answers=answer_sets())
def test_open_answer_of_a_blocker_is_in_the_plan_of_any_answers(
    answers: dict[str, Code],
) -> None:
    codes = flow.relevant(FRAMEWORK, answers)

    plan = evidence_plan(FRAMEWORK, decide(FRAMEWORK, codes), flips=())

    asked = {finding.question for finding in plan}
    for blocker in BLOCKERS:
        if not flow.is_known(codes, blocker):
            assert blocker in asked
