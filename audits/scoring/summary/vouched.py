"""The answers that a submission says a file or a count shows."""

from typing import NamedTuple

from audits.frameworks.answering import flow
from audits.frameworks.questions import Question
from audits.frameworks.schema import Framework
from audits.scoring.explaining.assessment import Assessment

_SHOWN = ("documented", "measured")


class Vouched(NamedTuple):
    """An answer in words, and how it is known."""

    question: Question
    words: str
    level: str


def vouched_answers(framework: Framework, assessment: Assessment) -> list[Vouched]:
    """Return the answers that are known by more than word of mouth, in their order."""
    levels, codes = assessment.levels, assessment.codes
    return [
        Vouched(question, framework.words(question.id, codes), levels[question.id])
        for question in flow.applicable(framework, codes)
        if question.id in codes and levels.get(question.id) in _SHOWN
    ]
