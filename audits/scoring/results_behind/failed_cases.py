"""Which cases failed, beside the question about faults."""

from audits.frameworks.schema import Framework
from audits.scoring.assess_on import given_to
from audits.scoring.explaining.assessment import Assessment


def failed_cases(framework: Framework, assessment: Assessment, question: str) -> str:
    """Say beside the question about faults which cases failed; empty elsewhere.

    Who comes from the step that sorts them then knows that they are meant.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        question: The question that is asked.
    """
    if question != framework.faults_question or assessment.on is None:
        return ""
    counted = given_to(assessment)[0].failing
    if counted is None or not counted.failed:
        return ""
    return (
        f"{counted.failed:,} of {counted.cases:,} cases failed with “{counted.name}”. "
        "Sort these, pick what most of them have, and write the counts in the note."
    )
