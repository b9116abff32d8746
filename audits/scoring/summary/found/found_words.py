"""What an answer shows, as a part of the sentence that says why."""

from collections.abc import Sequence
from decimal import Decimal

from audits.frameworks.questions import UNKNOWN
from audits.frameworks.schema import Framework
from audits.landscape.catalogue import catalogue
from audits.scoring.explaining.advice_rows import lower_first
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.trace_shapes import Reading
from audits.scoring.numbers.contradictions import half_window
from audits.scoring.scored.by_hand import TRIED
from audits.scoring.sentences.small_gap_told import GAP, gap_found
from audits.scoring.step_facts import card_facts
from audits.scoring.summary.found.tried_by_hand import (
    tried_in_brief,
    tried_of,
    tried_words,
)


def shown_by(
    framework: Framework,
    assessment: Assessment,
    reading: Reading,
    *,
    is_brief: bool = False,
) -> str:
    """Return what an answer shows, as a part of a sentence.

    A version without such words names the question and the answer. What was tried is
    told with how each part of it is known, where results show only a part.

    Args:
        framework: The framework of the assessment, which has the words.
        assessment: What was decided.
        reading: The answer.
        is_brief: Whether what was tried is said without how it is known.
    """
    if reading.id == GAP and (found := gap_found(assessment)):
        return found
    tried = tried_of(assessment) if reading.id == TRIED else None
    words = framework.findings.get(reading.id)
    code = assessment.codes.get(reading.id)
    if words is None or code is None or code == UNKNOWN:
        told = tried_words(framework, tried) if tried else reading.answer
        return f"{reading.label}: {told}"
    if tried:
        in_words = tried_in_brief if is_brief else tried_words
        return words.frame.format(lower_first(in_words(framework, tried)))
    if number := _number(framework, assessment, reading.id, str(code)):
        return words.number.format(f"{number:,f}")
    picked = (code,) if isinstance(code, str) else code
    if len(picked) == 1 and _is_whole(framework, reading.id, picked[0]):
        return words.answers[picked[0]]
    return words.frame.format(_listed([words.answers[each] for each in picked]))


def sentence(parts: Sequence[str]) -> str:
    """Return parts as one sentence without its full stop; empty without any."""
    told = ", and ".join(parts)
    return told[:1].upper() + told[1:]


def known_as(framework: Framework, level: str | None) -> str:
    """Return how an answer is known, in words; a dash where nothing can be."""
    if level is None:
        return ""
    return framework.known_as.get(level, level.capitalize())


_LABELS = 2  # that a row names


def labels_at(
    level: str | None, read: Sequence[Reading], levels: Sequence[str | None]
) -> str:
    """Name the first answers that are known at a level, each once.

    The others have no number: a page counts the deciding answers of all conditions.
    """
    pairs = zip(read, levels, strict=True)
    found = [*dict.fromkeys(f"“{each.label}”" for each, at in pairs if at == level)]
    if len(found) <= _LABELS + 1:
        return ", ".join(found)
    return f"{', '.join(found[:_LABELS])} and others"


def _number(
    framework: Framework, assessment: Assessment, question: str, code: str
) -> Decimal | None:
    """Return the number that was entered behind an answer, if its words can say it.

    One that is no part of the answer is not told as what the answer shows.
    """
    asked, words = framework.question_by_id[question], framework.findings[question]
    option = asked.option(code)
    entered = assessment.numbers.get(asked.number) if asked.number else None
    if not (words.number and entered and option):
        return None
    number = Decimal(entered)
    market = catalogue(assessment.on) if assessment.on else None
    half = half_window(option, assessment.numbers, market) if market else None
    return number if number and option.holds(number, half) else None


def _is_whole(framework: Framework, question: str, code: str) -> bool:
    option = framework.question_by_id[question].option(code)
    return bool(option and (option.alone or option.not_yet))


def _listed(parts: Sequence[str]) -> str:
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def cases_of_set(framework: Framework, assessment: Assessment) -> str:
    """Return how many cases the test set has, as answered; empty if there is none."""
    facts = card_facts().test_set
    code = assessment.codes.get(facts.question)
    question = framework.question_by_id.get(facts.question)
    # A person who checks every output keeps no cases.
    if question is None or not isinstance(code, str) or code not in facts.answers:
        return ""
    option = question.option(code)
    return option.name if option else ""
