"""The answers that a submission says a file or a count shows."""

from collections.abc import Iterator
from typing import NamedTuple

from audits.frameworks.answering import flow
from audits.frameworks.questions import Question
from audits.frameworks.schema import Framework
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.scored.by_hand import TRIED
from audits.scoring.summary.found.tried_by_hand import tried_of

_SHOWN = ("documented", "measured")


class Vouched(NamedTuple):
    """An answer in words, and how it is known."""

    question: Question
    words: str
    level: str


def vouched_answers(framework: Framework, assessment: Assessment) -> list[Vouched]:
    """Return the answers that are known by more than word of mouth, in their order.

    Of the approaches that were tested, these are perhaps only some.
    """
    return [*_vouched(framework, assessment)]


def _vouched(framework: Framework, assessment: Assessment) -> Iterator[Vouched]:
    levels, codes = assessment.levels, assessment.codes
    tried = tried_of(assessment)
    for question in flow.applicable(framework, codes):
        if question.id not in codes or levels.get(question.id) not in _SHOWN:
            continue
        if tried and question.id == TRIED:
            for ticks, level in tried.proved:
                words = framework.words(TRIED, {TRIED: ticks})
                yield Vouched(question, words, level)
        else:
            words = framework.words(question.id, codes)
            yield Vouched(question, words, levels[question.id])
