import pytest
from hypothesis import HealthCheck, given, settings

from audits.frameworks.answering import flow
from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import published
from audits.scoring import Assessment, assess
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.deciding.decision import decide
from audits.scoring.explaining.evidence import evidence_plan
from tests.examples import DEAR, up_to
from tests.scoring.deciding.test_flips import answer_sets

FRAMEWORK = published("fine_tuning", 1)
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
    assert because["format_evidence"] == "A possible reason to train depends on it."
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


def test_measurement_that_was_made_is_not_asked_again() -> None:
    asked = questions(assess(FRAMEWORK, CLAIM | {"eval": "solid_set"}))

    assert "eval" not in asked
    assert {"tried", "format_evidence"} <= set(asked)


def test_only_a_measurement_is_asked_again_if_it_is_asserted() -> None:
    answers: dict[str, Code] = CLAIM | {"data_rights": "clear", "eval": "solid_set"}
    under = Circumstances(levels={"data_rights": "asserted", "eval": "asserted"})

    asked = questions(assess(FRAMEWORK, answers, under))

    assert "eval" in asked
    assert "data_rights" not in asked


def test_rule_that_asks_for_evidence_asks_for_what_it_reads() -> None:
    # The job is regulated, so what an error costs changes nothing any more; but the
    # rule that asks for a larger test set reads it.
    slow: dict[str, Code] = {
        "latency": "hard",
        "latency_evidence": "missed",
        "quality_gap": "met",
        "tried": "prompt_measured",
        "regulatory": "regulated",
    }

    small = assess(FRAMEWORK, slow | {"eval": "small_set"})
    large = assess(FRAMEWORK, slow | {"eval": "solid_set"})

    assert (small.verdict, large.verdict) == ("gather_evidence", "distil")
    assert "error_cost" in questions(small)
    assert "error_cost" not in questions(large)


def test_answers_that_count_only_together_are_not_asked_for() -> None:
    style: dict[str, Code] = {"goal": ("style",)}

    pairs = assess(FRAMEWORK, style, flip_size=2)

    together = {
        change.question
        for flip in pairs.flips
        if len(flip.changes) == 2
        for change in flip.changes
    }
    assert "volume" in together
    assert "volume" not in questions(pairs)
    assert pairs.evidence_plan == assess(FRAMEWORK, style).evidence_plan


def test_finding_carries_the_experiment_of_the_framework() -> None:
    [finding] = [
        finding
        for finding in assess(FRAMEWORK, CLAIM).evidence_plan
        if finding.question == "format_evidence"
    ]

    question = FRAMEWORK.question_by_id["format_evidence"]
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
    assert finding.because == "The answer could change the verdict."


@settings(
    max_examples=up_to(2000, DEAR),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
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
