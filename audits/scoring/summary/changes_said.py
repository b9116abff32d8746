"""What people do for a change of a verdict, and which answers would do the same."""

from collections.abc import Sequence

from audits.frameworks.questions import Question
from audits.frameworks.schema import Framework
from audits.scoring.deciding.flips import Change, Flip, changed_code
from audits.scoring.deciding.signatures import signature
from audits.scoring.explaining.assessment import Assessment


def either(names: Sequence[str]) -> str:
    """Name one thing or another.

    >>> either(["None"]), either(["None", "1 to 9", "Logs"])
    ('None', 'None, 1 to 9 or Logs')
    """
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last


def by_doing(framework: Framework, flip: Flip) -> str:
    """Say how people bring about a change: nobody measures what somebody else decides.

    Args:
        framework: The framework of the assessment.
        flip: What would change the verdict.
    """
    if flip.way != "measure":
        return "Work on it"
    asked = (framework.question_by_id[each.question] for each in flip.changes)
    return "Measure" if all(each.is_measurement for each in asked) else "Find out"


def alike(
    framework: Framework, assessment: Assessment, change: Change
) -> tuple[str, ...]:
    """Name the other answers that would do the same; a change tries one of them.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        change: One change of one of its flips.
    """
    question = framework.question_by_id[change.question]
    wanted = _seen(framework, assessment, question, change.option)
    now = assessment.codes.get(question.id)
    return tuple(
        option.name
        for option in question.options
        if not (option.not_yet or option.alone)
        and option.id not in (change.option, now)
        and _seen(framework, assessment, question, option.id) == wanted
    )


def _seen(
    framework: Framework, assessment: Assessment, question: Question, option: str
) -> tuple[bool | None, ...]:
    code = changed_code(framework, assessment.codes, question.id, option)
    return signature(framework, question, code)
