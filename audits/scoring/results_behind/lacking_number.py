"""What is said of the result of a test without a number."""

from collections.abc import Sequence

from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.trace_shapes import Reading

# Questions whose answer is a result of a test, which has a number.
_OF_TESTS = ("quality_gap", "passed")


def lacking_number(assessment: Assessment, shown: Sequence[Reading]) -> str:
    """Say that the result of a test has no number, and the target if there is one.

    Args:
        assessment: What was decided.
        shown: The answers of a row; empty words if none is a result.
    """
    if not any(reading.id in _OF_TESTS for reading in shown):
        return ""
    target = assessment.candidates.target if assessment.candidates else None
    of = f" for the target of {float(target) * 100:g} of 100" if target else ""
    return f"no number entered{of}"
