"""Answers that say that nobody has checked, where a check could change the verdict."""

from audits.frameworks.schema import Framework
from audits.scoring.explaining.assessment import Assessment


def unchecked(framework: Framework, assessment: Assessment) -> tuple[str, ...]:
    """Return the labels of what nobody has checked and could change the verdict alone.

    Such an answer is no open question, but nobody knows what a check would find.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided, with its flips.
    """
    changes = (flip.changes for flip in assessment.flips)
    alone = {first.question for first, *others in changes if not others}
    return tuple(
        item.label
        for question, code in assessment.codes.items()
        if question in alone and (item := framework.question_by_id.get(question))
        if isinstance(code, str) and (option := item.option(code))
        if option.is_open and option.not_yet
    )
