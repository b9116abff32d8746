"""What a measurement would have to find out first, in a few words."""

from audits.frameworks.schema import Framework
from audits.scoring.explaining.advice_rows import in_a_row, lower_first
from audits.scoring.explaining.assessment import Assessment

NAMED = 3  # measurements that are named


def to_find_out(framework: Framework, assessment: Assessment) -> str:
    """Name the measurements that claimed reasons need, or else all.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
    """
    claimed = {
        question
        for reason in assessment.reasons_claimed
        for question in framework.measured_by[reason]
    }
    plan = assessment.evidence_plan
    found = [item.label for item in plan if item.question in claimed]
    labels = (
        found or [item.label for item in plan] or ["what is possible but not proved"]
    )
    more = len(labels) - NAMED
    said = lower_first(in_a_row(labels[:NAMED]))
    return f"{said} and {more} more (A7)" if more > 0 else said
