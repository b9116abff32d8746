"""Where cases without a score decide, as every reader is told.

They count as not passed. That is fair if the candidate failed them, and wrong if the
tool did, so a reader must know when the verdict rests on it.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from audits.frameworks.schema import Framework
from audits.scoring.assess_on import given_to
from audits.scoring.deciding.candidates import FEWEST_CASES
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.scoring.scored.words import name_of
from audits.scoring.summary.results.other_results import scored, verdict_with


def without_errors(framework: Framework, assessment: Assessment) -> Iterator[str]:
    """Yield each result that gives another verdict without its cases without a score.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided with these cases as not passed.
    """
    if assessment.candidates is None:
        return
    inputs, _ = given_to(assessment)
    found = inputs.candidates
    for row in found.rows:
        left = row.cases - row.errors
        if row.errors and left >= FEWEST_CASES and not found.why_not(row, inputs.codes):
            then = _judged(row)
            rows = tuple(then if each is row else each for each in found.rows)
            verdict = verdict_with(framework, assessment, replace(found, rows=rows))
            if verdict != assessment.named.name:
                yield _said(row, then, found, verdict)


def _judged(row: ScoredCandidate) -> ScoredCandidate:
    """Return a result on the cases that have a score."""
    left = row.cases - row.errors
    mean = None if row.mean is None else min(row.mean * row.cases / left, Decimal(1))
    return replace(row, cases=left, mean=mean, errors=0)


def _said(
    row: ScoredCandidate, then: ScoredCandidate, found: Candidates, verdict: str
) -> str:
    cases = f"the {row.errors:,} cases that have"
    if row.errors == 1:
        cases = "the case that has"
    target, score = found.target, then.score or 0.0
    reaches = f"have {scored(then)}"
    if target is not None and score >= float(target):
        reaches = f"reach the target ({scored(then)})"
    return (
        f"Without {cases} no score, “{name_of(row)}” would {reaches}, and the verdict "
        f"would be “{verdict}”."
    )
