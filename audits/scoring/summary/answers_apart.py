"""Answers that cannot all be right beside each other, or beside the stage.

Each is told at the check in one sentence with what to do. None keeps anything back.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from audits.frameworks.answering import flow
from audits.frameworks.evaluation import Codes
from audits.frameworks.schema import Framework
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.states import PlanState

_FAULTS, _TEXT, _TRIED = "goal", "knowledge_size", "tried"
_OF_FACTS = ("knowledge", "search")
_NO_TEXT, _NOTHING, _IN_USE = "none", "nothing", "demo"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersApart:
    """Answers that cannot all be right, and the questions to look at again."""

    text: str
    questions: tuple[tuple[str, str], ...]


def answers_apart(
    framework: Framework, assessment: Assessment, state: PlanState
) -> tuple[AnswersApart, ...]:
    """Return the answers that count and cannot all be right.

    Args:
        framework: The framework the answers were given to.
        assessment: What was decided from them.
        state: That of the current plan: whether something runs.
    """
    return tuple(_found(framework, assessment, state))


def uncounted_answers(
    framework: Framework, given: Codes, codes: Codes
) -> tuple[tuple[str, str], ...]:
    """Return the known answers to questions that do not apply: label and words.

    Args:
        framework: The framework the answers were given to.
        given: The answers that people gave.
        codes: The answers that count, those of candidates included.
    """
    applying = {question.id for question in flow.applying(framework, codes)}
    return tuple(
        (question.label, framework.words(question.id, given))
        for question in framework.questions
        if question.id not in applying and flow.is_known(given, question.id)
    )


def _found(
    framework: Framework, assessment: Assessment, state: PlanState
) -> Iterator[AnswersApart]:
    codes = assessment.codes
    faults = [each for each in _OF_FACTS if each in _picked(codes.get(_FAULTS))]
    if faults and codes.get(_TEXT) == _NO_TEXT:
        yield _apart(
            framework,
            f"{_said(framework, _FAULTS, faults[0])}, but "
            f"{_said(framework, _TEXT, _NO_TEXT)}. If documents hold the facts, say "
            "how much text they are. If none do, somebody must write the facts down.",
            (_FAULTS, _TEXT),
        )
    is_live = state == "running"
    if is_live and _picked(codes.get(_TRIED)) == (_NOTHING,):
        question = framework.question_by_id[_TRIED]
        if in_use := question.option(_IN_USE):
            yield _apart(
                framework,
                f"The use case is live, but {_said(framework, _TRIED, _NOTHING)}. If a "
                f"prompt runs that nobody tested, choose “{in_use.name}”, so that the "
                "advice starts with it.",
                (_TRIED,),
            )


def _picked(code: object) -> Collection[str]:
    if isinstance(code, tuple):
        return code
    return (code,) if isinstance(code, str) else ()


def _said(framework: Framework, question: str, option: str) -> str:
    asked = framework.question_by_id[question]
    return f"the answer to “{asked.label}” is “{framework.label(question, option)}”"


def _apart(framework: Framework, text: str, questions: tuple[str, ...]) -> AnswersApart:
    labels = ((each, framework.question_by_id[each].label) for each in questions)
    return AnswersApart(text=text[:1].upper() + text[1:], questions=tuple(labels))
