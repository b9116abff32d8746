"""A claim that an approval does not rest on does not hold it up (law S3)."""

from audits.frameworks.answering.answers import read
from tests.scoring.proofs.version_2_sets import FRAMEWORK, Answers, Case
from tests.scoring.worked_cases import TRAINING_CASE

# Answers arrive too late, as was measured, and a small model can be trained. What an
# approval asks for beside that is answered as in every case to train for.
SPEED: Answers = read(
    FRAMEWORK,
    TRAINING_CASE
    | {
        "state": "none",
        "goal": ["task_skill", "cost_latency"],
        "quality_gap": "met",
        "checker": "automatic",
        "volume": "gt_10m",
        "smaller_model": "fails",
        "latency": "tight",
        "latency_evidence": "missed",
        "teacher_rights": "cleared",
    },
)
SHOWN = Case(SPEED, levels={}, unmarked="documented")


def test_training_is_approved_on_measured_speed() -> None:
    assert (SHOWN.verdict, SHOWN.advice.standing) == ("distil", "approve")
    assert SHOWN.measured == {"X2"}


def test_claim_that_nothing_rests_on_needs_no_proof() -> None:
    case = SHOWN.having({"unit_economics": "too_high"}).asserting("unit_economics")

    assert (case.verdict, case.measured) == ("distil", {"X2"})
    assert case.advice.standing == "approve"
    assert case.advice.unproven_answers == ()


def test_claim_without_which_a_check_is_open_needs_proof() -> None:
    case = SHOWN.asserting("data_rights")

    assert (case.verdict, case.advice.standing) == ("distil", "not_shown")
    assert case.advice.unproven_answers == ("Right to train",)


def test_no_claim_takes_the_place_of_a_measured_reason() -> None:
    case = SHOWN.asserting("latency_evidence")

    assert "X2" not in case.measured
    assert case.advice.standing != "approve"
