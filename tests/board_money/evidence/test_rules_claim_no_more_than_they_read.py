"""What is said of a reason or a rule claims no more than the answers that it read."""

from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import published
from audits.reports.appendix.trace_rows import trace_rows
from audits.scoring import assess
from tests.scoring.costs.worked_decisions import EXPENSIVE, assessed

FRAMEWORK = published("fine_tuning", 1)
SKILL: dict[str, Code] = {
    "goal": ("task_skill",),
    "quality_gap": "large",
    "tried": "prompt_measured",
    "task_shape": "narrow_stable",
    "mlops": "partial",
}


def test_paper_does_not_say_that_what_counts_no_more_was_not_asked() -> None:
    answered = assess(FRAMEWORK, SKILL | {"examples": "none"}, flip_size=0)

    rows = trace_rows(FRAMEWORK, answered.trace)

    read = " ".join(row.read for row in rows).lower()
    assert "not needed: " in read
    assert "not asked: " not in read


def test_reason_for_money_says_no_comparison_that_it_does_not_need() -> None:
    found = assessed(EXPENSIVE | {"smaller_model": "fails"}, model=None)
    money = next(step for step in found.trace.reasons if step.id == "C2")

    assert money.standing == "measured"
    assert "Trained or hosted cost" in money.unanswered
    assert money.because == (
        "Each call costs more than its limit, and the cheaper hosted model fails the "
        "test."
    )
