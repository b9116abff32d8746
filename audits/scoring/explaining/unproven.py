"""The measurements that training is approved on, and that nothing shows."""

from audits.frameworks.answering import flow
from audits.frameworks.evaluation import Code, Codes
from audits.frameworks.questions import Question
from audits.frameworks.schema import Framework
from audits.scoring.deciding.circumstances import Circumstances


def unproven(
    framework: Framework, codes: Codes, under: Circumstances
) -> tuple[Question, ...]:
    """Return the measurements whose result is told, but not how it is known.

    Until then training cannot be approved on them. An answer that says that nobody has
    looked is no result, and needs no proof.

    Args:
        framework: The framework of the answers.
        codes: The answers that count, from `flow.relevant`.
        under: How the answers are proved.
    """
    if not framework.asserted_unless_marked:
        return ()
    asserted = under.asserted(framework, codes)
    return tuple(
        question
        for question in framework.questions
        if question.is_measurement
        and question.id in asserted
        and flow.is_known(codes, question.id)
        and _tells_a_result(question, codes[question.id])
    )


def _tells_a_result(question: Question, code: Code) -> bool:
    picked = code if isinstance(code, tuple) else (code,)
    options = [question.option(each) for each in picked]
    return any(option and not option.not_yet for option in options)
