"""The answers of a board paper, each in words with how it is known."""

from collections.abc import Mapping
from dataclasses import dataclass

from audits.frameworks.evaluation import Code
from audits.frameworks.questions import Question
from audits.frameworks.schema import Framework
from audits.models import Audit, Evidence
from audits.scoring import Assessment
from audits.scoring.chances.shares import (
    ShownShare,
    because_beside,
    shown_shares,
)
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.explaining.advice_rows import lower_first
from audits.scoring.summary.found.tried_by_hand import shown_levels
from audits.scoring.summary.sureness import deciding_questions
from audits.scoring.what_if.changes import NONE_TICKED
from audits.scoring.what_if.moving import Moved, moved_by
from audits.services.answers.levels import said_with_nothing

_LINE = 52  # characters of an answer on a page


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """One answered question, in words, and why if candidates answer it.

    `moves` says what another answer would change by itself, as a scenario does, and
    `comes_first` whether it shows what has to be settled before all that it says. A
    fact `is_of_today` if no test corrects it, so A5 tries no other answer. An
    answer that `decides` is one of those that page 1 counts.
    """

    question: str
    label: str
    answer: str
    level: EvidenceLevel | None
    moves: Moved
    comes_first: bool
    is_of_today: bool = False
    decides: bool = False
    # "missing" or "altered" if a file behind it is; else empty.
    lost: str = ""
    # How it is said to be known, where it counts as asserted; else empty.
    unshown: str = ""


def answer_rows(
    framework: Framework, assessment: Assessment, audit: Audit
) -> tuple[AnswerRow, ...]:
    """Return the answers of a submitted audit, in the order of their questions."""
    lost = {e.question: e.problem or "" for e in Evidence.objects.lost_of(audit)}
    still_open = {unknown.question for unknown in assessment.unknowns}
    moving = moved_by(framework, assessment)
    before_all = assessment.prerequisite
    deciding = deciding_questions(framework, assessment)
    shares = shares_of(assessment)
    because = {
        x.question: f" ({because_beside(x, audit.inputs.answered, shares)})"
        for x in assessment.from_candidates
    }
    unshown, unmarked = said_with_nothing(audit), framework.asserted_unless_marked
    levels, given = shown_levels(assessment), audit.given_codes
    return tuple(
        AnswerRow(
            question=question.id,
            label=question.label,
            answer=framework.words(question.id, assessment.codes)
            + _meaning(question, assessment.codes)
            + _ticked(question, given)
            + because.get(question.id, ""),
            level=levels.get(
                question.id,
                "asserted" if question.is_measurement or unmarked else None,
            ),
            moves=moving.get(question.id, "nothing"),
            comes_first=bool(before_all and question.id in before_all.questions),
            is_of_today=question.id == framework.state_question,
            decides=question.id in deciding,
            lost=lost.get(question.id, ""),
            unshown=unshown.get(question.id, ""),
        )
        for question in framework.questions
        if question.id in assessment.codes and question.id not in still_open
    )


def shares_of(assessment: Assessment) -> tuple[ShownShare, ...]:
    """Return what share of its cases each candidate passed."""
    found = assessment.candidates
    return shown_shares(found, assessment.codes) if found else ()


def _meaning(question: Question, codes: Mapping[str, Code]) -> str:
    """Return what the name of a chosen answer does not say, if a line holds both."""
    code = codes.get(question.id)
    chosen = next((x for x in question.options if x.id == code), None)
    if question.kind != "one" or chosen is None or not chosen.text:
        return ""
    said = f": {chosen.text.removesuffix('.')}"
    return said if len(chosen.name) + len(said) <= _LINE else ""


def _ticked(question: Question, given: Mapping[str, Code]) -> str:
    """Return which ticks add up to an answer, in brackets; may be empty."""
    code = given.get(question.id)
    if question.kind != "ticks" or not isinstance(code, tuple):
        return ""
    names = [lower_first(tick.name) for tick in question.ticks if tick.id in code]
    return f" ({', '.join(names) or NONE_TICKED})"
