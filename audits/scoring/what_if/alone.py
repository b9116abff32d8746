"""What pages and papers say where no step of a team would change a verdict."""

from audits.frameworks.schema import Framework
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.what_if.moving import moved_by

_NAMED = 3  # questions that are named
# The verdict stays, and its sentence also says what to do.
_ADVICE = "can change what to do"


def changed_alone(framework: Framework, assessment: Assessment, more_in: str) -> str:
    """Say which answers alone would change a verdict, as their list marks them.

    The stage of training is not among what a test could correct.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided, with its flips.
        more_in: Where a reader finds the answers that are not named; empty on a page
            that lists none.
    """
    if assessment.flips:
        return "No single step of the team would change the verdict."
    moved = moved_by(framework, assessment)
    asked = [
        question
        for question in framework.questions
        if moved.get(question.id) == "verdict" and question.id in assessment.codes
    ]
    some = "advice" in moved.values()
    if not asked:
        besides = f"; some {_ADVICE}" if some else ""
        return f"No answer by itself would change the verdict{besides}."
    others, place = len(asked) - _NAMED, f" ({more_in})" if more_in else ""
    named = " or ".join(f"“{each.label}”" for each in asked[:_NAMED])
    more = f" or {others} more{place}" if others > 0 else ""
    is_of_today = [each.id for each in asked] == [framework.state_question]
    if is_of_today and some:
        only = f"Only another answer to {named} changes “{assessment.verdict_name}”"
        return f"{only}; other answers change what is done instead."
    if is_of_today:
        return f"The verdict changes only if {named} changes; no test can change it."
    besides = f"; others {_ADVICE}" if some else ""
    return f"Only {named}{more} would change the verdict by itself{besides}."
