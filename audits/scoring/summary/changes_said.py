"""What people do for a change of a verdict, and which answers would do the same."""

from collections.abc import Sequence

from audits.frameworks.answering.flow import is_known
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


def opens_said(opens: Sequence[str], verdict: str) -> str:
    """Say which questions a change opens, and what is possible with their answers.

    Every page says it in these words.

    Args:
        opens: The labels of the questions that are only asked then.
        verdict: The name of the verdict that follows without their answers; empty if it
            is that of now.

    >>> opens_said(["Volume"], "Fine-tune")
    'the question “Volume” would come up; its answer could lead to “Fine-tune”'
    >>> opens_said(["Volume", "Task"], "")
    'the questions “Volume” and “Task” would come up'
    """
    *others, last = (f"“{label}”" for label in opens)
    named = f"{', '.join(others)} and {last}" if others else last
    said = f"the question{'s' * bool(others)} {named} would come up"
    answer = "their answers" if others else "its answer"
    possible = f"; {answer} could lead to “{verdict}”"
    return said + possible * bool(verdict)


def by_doing(framework: Framework, assessment: Assessment, flip: Flip) -> str:
    """Say how people bring about a change: nobody measures what somebody else decides.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        flip: What would change the verdict.
    """
    if flip.way != "measure":
        return "Your team could bring this about"
    asked = [framework.question_by_id[each.question] for each in flip.changes]
    if all(each.is_measurement for each in asked):
        return "Not measured yet"
    codes = assessment.codes
    are_known = all(is_known(codes, each.id) for each in asked)
    return "Worth checking" if are_known else "Still unknown"


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
