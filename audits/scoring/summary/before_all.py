"""Which unanswered questions could still put something before any verdict."""

from audits.frameworks.answering import flow
from audits.frameworks.questions import Question
from audits.frameworks.schema import Framework
from audits.scoring.explaining.assessment import Assessment


def could_come_first(
    framework: Framework, assessment: Assessment
) -> tuple[Question, ...]:
    """Return the questions that nobody answered and that a prerequisite reads.

    Their answers change no verdict, so no path asks them; they can still say that
    something else comes first, such as whether the use is allowed.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
    """
    if assessment.prerequisite or not framework.prerequisites:
        return ()
    read = {q for each in framework.prerequisites.values() for q in each.questions}
    return tuple(
        question
        for question in flow.applying(framework, assessment.codes)
        if question.id in read and question.id not in assessment.codes
    )
