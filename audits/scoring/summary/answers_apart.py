"""Answers that cannot all be right beside each other, or beside the stage.

The framework says which. Each is told at the check in one sentence with what to do.
None keeps anything back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audits.frameworks.answering import flow
from audits.frameworks.evaluation import Codes
from audits.frameworks.schema import Framework
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.states import PlanState


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
    for row in framework.contradictions:
        if row.live and state != "running":
            continue
        said = [
            found
            for question, options in row.answers.items()
            if (found := _said(framework, assessment, question, options))
        ]
        if len(said) == len(row.answers):
            if row.live:
                said.insert(0, "the use case is live")
            text = f"{', but '.join(said)}. {row.says}"
            labels = (framework.question_by_id[each].label for each in row.answers)
            yield AnswersApart(
                text=text[:1].upper() + text[1:],
                questions=tuple(zip(row.answers, labels, strict=True)),
            )


def _said(
    framework: Framework, assessment: Assessment, question: str, options: Sequence[str]
) -> str:
    """Return the first of the options that was picked, in words; empty if none was."""
    asked, code = framework.question_by_id[question], assessment.codes.get(question, ())
    picks = (code,) if isinstance(code, str) else code
    for option in asked.options:
        is_picked = option.id in picks and (not option.alone or len(picks) == 1)
        if option.id in options and is_picked:
            return f"the answer to “{asked.label}” is “{option.name}”"
    return ""
