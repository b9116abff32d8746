"""Which unanswered questions could still put something before any verdict."""

from functools import lru_cache

from audits.frameworks.answering import flow
from audits.frameworks.evaluation import Code
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
    return _unanswered(framework, tuple(assessment.codes.items()))


@lru_cache(maxsize=128)
def _unanswered(
    framework: Framework, answers: tuple[tuple[str, Code], ...]
) -> tuple[Question, ...]:
    """Find them once for a page, which asks several times."""
    codes = dict(answers)
    read = {q for each in framework.prerequisites.values() for q in each.questions}
    return tuple(
        question
        for question in flow.applying(framework, codes)
        if question.id in read and question.id not in codes
    )
