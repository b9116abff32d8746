"""The measurement that decided, in one line."""

from decimal import Decimal

from audits.evaluations.words import of_100
from audits.scoring.assess_on import given_to
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.scored.against import share_interval
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.scored.words import SUMMED_UP, short_name


def decisive_measurement(assessment: Assessment) -> str:
    """Return what the one result that decided is, beside the target; may be empty.

    Args:
        assessment: What was decided, with its day.
    """
    if assessment.candidates is None or not assessment.from_candidates:
        return ""
    told = {each.question for each in assessment.from_candidates}
    behind = given_to(assessment)[0].answered.behind
    rows = (behind.get(q, ()) for q in SUMMED_UP if q in told & assessment.codes.keys())
    first = next((found[0] for found in rows if len(found) == 1), None)
    return _line(first, assessment.candidates.target) if first else ""


def _line(row: ScoredCandidate, target: Decimal | None) -> str:
    """Say a result in short.

    >>> row = {"id": "c1", "kind": "prompt", "cases": 40, "passed": 26}
    >>> _line(ScoredCandidate(**row, sha256="0" * 64), Decimal("0.9"))
    'Written prompt: 26 of 40 correct, between 50 and 78 of 100; target 90'
    >>> _line(ScoredCandidate(**row), None)[50:]
    '8 of 100; typed, no results file'
    """
    mark = None if target is None else float(target)
    wanted = "" if mark is None else f"; target {mark * 100:g}"
    # The others are said to be without a file by the strength of the evidence.
    wanted += "" if row.sha256 else "; typed, no results file"
    name = short_name(row)
    interval = share_interval(row)
    if interval is None or row.passed is None:
        mean = f"{float(row.mean or 0):.3g}"
        return f"{name}: mean score {mean} on {row.cases:,} cases{wanted}"
    chance, scored = of_100(interval, mark), " scored" * bool(row.errors)
    correct = f"{row.passed:,} of {row.with_score:,}{scored} correct"
    return f"{name}: {correct}, {chance}{wanted}"
