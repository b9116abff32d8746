"""The row of a condition: the answers that show it, and how well they are known."""

from collections.abc import Collection, Sequence

from audits.frameworks.schema import Framework
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.grades.standings import FORBIDS, IN_SHORT
from audits.scoring.explaining.trace_shapes import Reading
from audits.scoring.results_behind.lacking_number import lacking_number
from audits.scoring.scored.by_hand import TRIED
from audits.scoring.summary.found.found import NOTHING, Found
from audits.scoring.summary.found.found_scores import score_behind
from audits.scoring.summary.found.found_words import (
    known_as,
    labels_at,
    sentence,
    shown_by,
)
from audits.scoring.summary.found.tried_by_hand import TriedByHand, tried_of

MOST_NAMED = 2  # answers that a row names
_LEVELS: tuple[EvidenceLevel, ...] = ("asserted", "documented", "measured")
_ENOUGH = "Asserted: enough to forbid training"
# The question whether a model can be tuned and lasts, and its answers that it ends.
_TUNING, _ENDS = "platform", ("closing", "unavailable")
_AGREES = "market data agrees"


def is_unproven(framework: Framework, assessment: Assessment, reading: Reading) -> bool:
    """Return whether an answer lacks the evidence that a reason needs."""
    question = framework.question_by_id.get(reading.id)
    level = assessment.levels.get(reading.id, "asserted")
    return bool(question and question.is_measurement and level == "asserted")


def _known(framework: Framework, holds: str, level: str | None, agrees: str) -> str:
    """Say how well a row is known; what only forbids training needs no proof."""
    if holds == FORBIDS and level == "asserted":
        return _ENOUGH
    return f"Asserted: {agrees}" if agrees else known_as(framework, level)


def _agrees(assessment: Assessment, shown: Sequence[Reading]) -> str:
    """Say that the market has the end of a model that the team asserts."""
    computed = assessment.costs.computed if assessment.costs else {}
    ends = computed.get(_TUNING)
    is_said = any(reading.id == _TUNING for reading in shown)
    if is_said and ends in _ENDS and assessment.codes.get(_TUNING) == ends:
        return _AGREES
    return ""


def row_of(
    framework: Framework,
    assessment: Assessment,
    name: str,
    holds: str,
    read: Sequence[Reading],
    *,
    shown: Sequence[Reading],
) -> Found:
    """Describe the finding with the answers `shown`.

    It is as well known as the weakest of all answers that were read.
    """
    others = [x for x in answers_in(framework, assessment, read) if x not in shown]
    levels = [_level(framework, assessment, each) for each in (*shown, *others)]
    known = [level for level in reversed(_LEVELS) if level in levels]
    weakest = known[-1] if known else None
    said = [shown_by(framework, assessment, each) for each in shown]
    brief = [shown_by(framework, assessment, x, is_brief=True) for x in shown]
    better = [
        f"{words} ({level}{_by_team(assessment, each, level)})"
        if level not in (None, weakest) and not _tried(assessment, each)
        else words
        for each, words, level in zip(shown, said, levels, strict=False)
    ]
    named = labels_at(weakest, (*shown, *others), levels)
    is_better = better != said
    agrees = ""
    if weakest == "asserted" and holds != FORBIDS and not is_better:
        agrees = _agrees(assessment, shown)
    score = score_behind(framework, assessment, {reading.id for reading in shown})
    return Found(
        condition=name,
        holds=holds,
        found=sentence(said) or NOTHING,
        brief=sentence(brief) if brief != said else "",
        level=weakest,
        known=f"{str(weakest).capitalize()} only: {named}"
        if is_better
        else _known(framework, holds, weakest, agrees),
        better=sentence(better) if is_better else "",
        weakest=named,
        least=_least(weakest, (*shown, *others), levels),
        score=score,
        agrees=agrees,
        lacks="" if score else lacking_number(assessment, shown),
    )


def _by_team(assessment: Assessment, reading: Reading, level: str | None) -> str:
    """Say that only the team says that something was measured: no result shows it."""
    shown = {each.question for each in assessment.from_candidates}
    return " by the team" if level == "measured" and reading.id not in shown else ""


def _least(
    level: str | None, read: Sequence[Reading], levels: Sequence[str | None]
) -> str:
    """Name the first answer that is known at a level, with what was answered."""
    at = dict(zip(reversed(levels), reversed(read), strict=True))
    return f"“{at[level].label}: {at[level].answer}”" if level in at else ""


def named_answers(
    framework: Framework,
    assessment: Assessment,
    holds: str,
    read: Sequence[Reading],
    decisive: Collection[str] = (),
) -> list[Reading]:
    """Return the two answers that a row names."""
    known = answers_in(framework, assessment, read)
    if holds != IN_SHORT["claimed"]:
        known.sort(key=lambda reading: reading.id not in assessment.levels)
    if decisive:
        known.sort(key=lambda reading: reading.id not in decisive)
    return known[:MOST_NAMED]


def _level(
    framework: Framework, assessment: Assessment, reading: Reading
) -> EvidenceLevel | None:
    if is_unproven(framework, assessment, reading):
        return "asserted"
    tried = _tried(assessment, reading)
    if tried:
        return tried.weakest
    if reading.id in assessment.levels:
        return assessment.levels[reading.id]
    return "asserted" if framework.asserted_unless_marked else None


def _tried(assessment: Assessment, reading: Reading) -> TriedByHand | None:
    """Return what was tried by hand and what results show of it, if it was read."""
    return tried_of(assessment) if reading.id == TRIED else None


def answers_in(
    framework: Framework, assessment: Assessment, read: Sequence[Reading]
) -> list[Reading]:
    """Return the answers among what was read."""
    questions, codes = framework.question_by_id, assessment.codes
    return [each for each in read if each.id in questions and each.id in codes]
