"""A result of so few cases that chance may explain on which side of a target it is."""

from decimal import Decimal
from math import ceil

from audits.evaluations.judging import judged
from audits.evaluations.runs import Run
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.scored.unscored import open_cases


def too_few(row: ScoredCandidate, target: Decimal | None) -> str:
    """Return a count of cases that are too few to be sure, beside the count wanted.

    Empty where chance does not explain it, or more cases would not show it.

    >>> row = ScoredCandidate(id="c1", kind="prompt", cases=30, passed=24)
    >>> too_few(row, Decimal("0.9"))
    '24 of 30 passed; the target is 27. 30 cases are too few to be sure'
    >>> too_few(row, Decimal("0.5")), too_few(row, Decimal("0.8")), too_few(row, None)
    ('', '', '')
    """
    if target is None or row.passed is None or open_cases(row):
        return ""
    run = Run(tool="", n=row.with_score, passed=row.passed)
    judgement = judged(run, float(target))
    if judgement.state != "open" or judgement.more is None:
        return ""
    return (
        f"{row.passed:,} of {row.cases:,} passed; the target is "
        f"{ceil(target * row.cases):,}. {row.cases:,} cases are too few to be sure"
    )
