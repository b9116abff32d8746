"""The score behind the answers that a row of page 1 names."""

from collections.abc import Collection, Iterator

from audits.frameworks.schema import Framework
from audits.scoring.assess_on import given_to
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.results_behind.counted_twice import in_few_words
from audits.scoring.results_behind.other_results import scored
from audits.scoring.results_behind.resting_on import resting_on
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.scored.words import (
    CandidateAnswer,
    because,
    naming,
    result,
    score_of,
    short_name,
)

_GAP, _KEPT, _SPEED, _TEST_SET = "quality_gap", "passed", "latency_evidence", "eval"
_TRAINED = ("tuned", "live")
_NAMED = 2  # results of several, where a row has one line


def score_behind(
    framework: Framework, assessment: Assessment, named: Collection[str]
) -> str:
    """Return the score behind answers, and the time behind a time limit; may be empty.

    A gap is said with the strongest model, by its name, where the verdict rests on it.

    That there is no gap is said with the score of the candidate to keep, which meets
    the target, and not with the best score. The candidate's other results follow it.
    Where only several have scores, the best two are told.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        named: The questions of the answers.
    """
    told = [x for x in assessment.from_candidates if x.question in named]
    if not told:
        return ""
    inputs, _ = given_to(assessment)
    said = (
        _of_strongest(framework, assessment, told)
        or _of_one(assessment, inputs, told)
        or _of_several(inputs, told)
    )
    return "; ".join(filter(None, (said, *_time(inputs, named))))


def results_behind(
    framework: Framework, assessment: Assessment, told: CandidateAnswer
) -> tuple[tuple[ScoredCandidate, ...], str]:
    """Return the results behind an answer, and why it is so, in words.

    Behind a gap is the strongest model, where the verdict rests on it.
    """
    inputs, _ = given_to(assessment)
    rows = tuple(inputs.answered.behind.get(told.question, ()))
    rests = resting_on(framework, assessment) if told.question == _GAP else None
    if rests is None or rests.rows[0] in rows:
        return rows, told.because
    first = rests.rows[:1]
    return first, naming(because(first, inputs.candidates.target), first)


def _of_strongest(
    framework: Framework, assessment: Assessment, told: list[CandidateAnswer]
) -> str:
    if not any(each.question == _GAP for each in told):
        return ""
    found = resting_on(framework, assessment)
    if found is None:
        return ""
    row, (inputs, _) = found.rows[0], given_to(assessment)
    said = result(row, inputs.candidates.target)
    others = in_few_words(inputs, row)
    return "; ".join(filter(None, (f"“{short_name(row)}” {said}", others)))


def _of_one(assessment: Assessment, inputs: Inputs, told: list[CandidateAnswer]) -> str:
    if not any(map(score_of, told)):
        return ""
    if any(each.question == _GAP for each in told):
        kept = (x for x in assessment.from_candidates if x.question == _KEPT)
        told = [*kept, *told]
    first = next(filter(score_of, told))
    rows = inputs.answered.behind.get(first.question, ())
    others = in_few_words(inputs, rows[0]) if rows else ""
    return "; ".join(filter(None, (score_of(first), others)))


def _of_several(inputs: Inputs, told: list[CandidateAnswer]) -> str:
    for each in told:
        rows = inputs.answered.behind.get(each.question, ())
        if each.question in (_SPEED, _TEST_SET) or len(rows) < _NAMED:
            continue
        best = sorted(rows, key=lambda row: -(row.score or 0.0))[:_NAMED]
        return ", ".join(f"“{short_name(row)}” {scored(row)}" for row in best)
    return ""


def _time(inputs: Inputs, named: Collection[str]) -> Iterator[str]:
    """Yield the time of the fastest that meets the target, beside the limit."""
    answered = inputs.answered
    limit = answered.limit_ms
    rows = answered.behind.get(_SPEED, ()) if _SPEED in named else ()
    times = [x.p95_ms for x in rows if x.p95_ms and _is_compared(inputs, x)]
    if times and limit:
        yield f"95 of 100 calls take up to {min(times):,} ms; the limit is {limit:,} ms"


def _is_compared(inputs: Inputs, row: ScoredCandidate) -> bool:
    target = inputs.answered.target
    passes = target is None or (row.score or 0.0) >= float(target)
    return row.is_allowed and row.kind not in _TRAINED and passes
