"""That a test set is charged although answers say that it is there."""

from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.may_be_there import cases_that_are_there
from audits.scoring.sums.calendar import Once


def test_set_charged(assessment: Assessment, paid: Once) -> str:
    """Say that a test set is charged which answers say is there; empty if none is.

    Args:
        assessment: What was decided.
        paid: What is paid once before a technique runs.
    """
    answered = cases_that_are_there(assessment)
    if not paid.charges_test_set or not answered:
        return ""
    return (
        "The price includes a new test set: no results file shows the "
        f"{answered} or more cases that the answers name. Enter test results to take "
        "it out of the price."
    )
