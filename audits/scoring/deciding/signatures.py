"""What conditions tell apart: options that none distinguishes are tried once."""

from audits.frameworks.evaluation import Code, EvaluationContext, evaluate
from audits.frameworks.questions import Question
from audits.frameworks.schema import Framework


def signature(
    framework: Framework, question: Question, code: Code
) -> tuple[bool | None, ...]:
    """Return what every condition of the framework sees of an answer.

    It is the same for every use case, so it is computed once.
    """
    seen_of = framework.subjects.seen_of
    found = seen_of.get((question.id, code))
    if found is None:
        found = seen_of[question.id, code] = _seen(framework, question, code)
    return found


def _seen(
    framework: Framework, question: Question, code: Code
) -> tuple[bool | None, ...]:
    at = EvaluationContext(framework, {question.id: code})
    tests = framework.subjects.tests_of.get(question.id, ())
    return tuple(evaluate(test, at) for test in tests)
