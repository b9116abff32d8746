"""That an answer was changed after it had led to a verdict, as every reader sees it.

It is said only where another verdict would follow from the earlier answer alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from audits.frameworks.evaluation import Code
from audits.frameworks.schema import Framework
from audits.scoring.assess_on import assess_on, given_to
from audits.scoring.days import in_words
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.explaining.assessment import Assessment

_MOST_TRIED = 40
_THEN = "With it, the verdict would be “"


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierAnswer:
    """An answer that led to a settled verdict, until somebody changed it.

    `level` is how it was known, and `by` the person who changed it, on the day `on`.
    `is_same_sitting` says that it was given shortly before, in a first draft.
    """

    question: str
    code: Code
    level: EvidenceLevel | None
    by: str
    on: date
    is_same_sitting: bool = False


def moved_answers(
    framework: Framework, assessment: Assessment, earlier: Sequence[EarlierAnswer]
) -> Iterator[str]:
    """Yield what answers were before, where another verdict follows from one of them.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided with the answers as they are.
        earlier: The answers as they were; the oldest are tried.
    """
    for each in earlier[:_MOST_TRIED]:
        named = _verdict_with(framework, assessment, each)
        if named not in ("", assessment.named.name):
            question = framework.question_by_id[each.question]
            words = framework.words(question.id, {question.id: each.code})
            by = f" ({each.by})" if each.by else ""
            yield (
                f"“{question.label}” was “{words}” until {in_words(each.on)}{by}. "
                f"{_THEN}{named}”."
            )


def labels_moved(sentences: Sequence[str]) -> tuple[str, ...]:
    """Return the labels of the answers that such sentences are about, each once.

    >>> labels_moved(["“A” was “B” until today. With it, the verdict would be “C”."])
    ('A',)
    """
    return tuple(dict.fromkeys(each[1:].partition("” was “")[0] for each in sentences))


def is_moved(sentence: str) -> bool:
    """Return whether a sentence says what an answer was."""
    was, _, then = sentence.partition("” until ")
    return was.startswith("“") and "” was “" in was and _THEN in then


def _verdict_with(
    framework: Framework, assessment: Assessment, earlier: EarlierAnswer
) -> str:
    """Return the verdict with an earlier answer; empty if nobody can give it now."""
    question = framework.question_by_id.get(earlier.question)
    codes = (earlier.code,) if isinstance(earlier.code, str) else earlier.code
    if question is None or not {*codes} <= {each.id for each in question.options}:
        return ""
    inputs, day = given_to(assessment)
    levels = {q: x for q, x in inputs.levels.items() if q != earlier.question}
    if earlier.level:
        levels[earlier.question] = earlier.level
    then = replace(
        inputs, codes={**inputs.codes, earlier.question: earlier.code}, levels=levels
    )
    return assess_on(framework, then, day, open_only=True).named.name
