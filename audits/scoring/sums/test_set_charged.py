"""That a test set is charged although answers say that it is there."""

from collections.abc import Mapping

from audits.scoring.explaining.assessment import Assessment
from audits.scoring.scored.candidates import NO_CANDIDATES
from audits.scoring.sums.calendar import Once

# The fewest cases that each answer means.
_CASES: Mapping[str, int] = {"small_set": 30, "solid_set": 200, "production": 200}


def test_set_charged(assessment: Assessment, paid: Once) -> str:
    """Say that a test set is charged which answers say is there; empty if none is.

    Only cases that a result was scored on are known to be there, and not paid for.

    Args:
        assessment: What was decided.
        paid: What is paid once before a technique runs.
    """
    answered = _CASES.get(str(assessment.codes.get("eval")), 0)
    found = assessment.candidates or NO_CANDIDATES
    if not paid.charges_test_set or answered <= found.cases_there:
        return ""
    return (
        f"The price includes a new test set, although the answers say that {answered} "
        "or more cases exist. Enter test results to take it out of the price."
    )
