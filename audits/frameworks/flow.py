"""Which questions apply, and which answers count.

Every reader of answers goes through `relevant`: an answer to a question that no longer
applies stays stored, and never counts.
"""

from collections.abc import Iterable, Mapping

from audits.frameworks.evaluation import Code, Codes, EvaluationContext, evaluate
from audits.frameworks.questions import UNKNOWN, Question
from audits.frameworks.schema import Framework


def relevant(framework: Framework, answers: Mapping[str, Code]) -> Codes:
    """Return the answers that count, as option codes, in document order.

    Args:
        framework: The framework the answers were given to.
        answers: Question id to an option code, `"unknown"`, or a tuple of options
            (kind several) or ticks (kind ticks). It may include computed values.

    Returns:
        The answers to questions that apply; ticks become the option they give. A
        question without an answer is absent.
    """
    codes: dict[str, Code] = {}
    at = EvaluationContext(framework, codes)
    for question in framework.questions:
        answer = answers.get(question.id)
        if answer is not None and _applies(question, at):
            codes[question.id] = code = _code(question, answer)
            at.note(question.id, code)
    for value in framework.computed:
        if value.id in answers:
            codes[value.id] = answers[value.id]
    return codes


def applicable(
    framework: Framework, answers: Mapping[str, Code]
) -> tuple[Question, ...]:
    """Return the questions that apply, given these answers, in document order."""
    at = EvaluationContext(framework, relevant(framework, answers))
    return tuple(q for q in framework.questions if _applies(q, at))


def ticked_option(question: Question, ticks: Iterable[str]) -> str:
    """Return the option that ticks give: the last one they satisfy.

    A ticks question lists its options from least to most.
    """
    given = frozenset(ticks)
    return [o.id for o in question.options if o.amounts_to(given)][-1]


def _applies(question: Question, at: EvaluationContext) -> bool:
    visible = question.visible
    return visible is None or evaluate(visible.when, at) is True


def _code(question: Question, answer: Code) -> Code:
    if question.kind == "ticks" and isinstance(answer, tuple):
        return ticked_option(question, answer)
    return answer


def is_answered(codes: Codes, question: Question) -> bool:
    """Return whether a question has an answer, "I don't know yet" included."""
    return question.id in codes


def is_known(codes: Codes, question_id: str) -> bool:
    """Return whether a question has an answer other than "I don't know yet"."""
    return codes.get(question_id, UNKNOWN) != UNKNOWN
