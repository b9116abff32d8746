"""A claim that an approval does not rest on does not hold it up (law S3)."""

from tests.scoring.proofs.version_2_sets import Answers, Case

# Answers arrive too late, as was measured, and a small model can be trained.
SPEED: Answers = {
    "state": "none",
    "goal": ("task_skill", "cost_latency"),
    "component": "generator",
    "tried": ("instructions", "examples", "stronger_model"),
    "eval": "solid_set",
    "quality_gap": "met",
    "task_shape": "narrow_stable",
    "checker": "automatic",
    "examples": "thousands",
    "volume": "gt_10m",
    "smaller_model": "fails",
    "latency": "tight",
    "latency_evidence": "missed",
    "mlops": "ready",
    "team": "dedicated",
    "data_rights": "clear",
    "teacher_rights": "cleared",
    "platform": "open",
}
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
