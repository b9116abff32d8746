"""Why a question is asked, as far as it is true of the answers so far."""

from collections.abc import Mapping

from audits.frameworks.answering import flow
from audits.frameworks.evaluation import Code, EvaluationContext, is_certain
from audits.frameworks.schema import Framework


def why_asked(framework: Framework, question: str, answers: Mapping[str, Code]) -> str:
    """Return why a question is asked; empty for one that always is.

    Args:
        framework: The framework that asks.
        question: The id of the question.
        answers: The answers so far.
    """
    visible = framework.question_by_id[question].visible
    if visible is None:
        return ""
    if not visible.cases:
        return visible.because
    at = EvaluationContext(framework, flow.relevant(framework, answers))
    found = (each.says for each in visible.cases if is_certain(each.when, at))
    return next(found, visible.because)
