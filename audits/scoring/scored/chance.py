"""Whether chance may explain that a candidate meets the target."""

from collections.abc import Mapping
from decimal import Decimal

from audits.evaluations.judging import judged
from audits.evaluations.runs import Run
from audits.frameworks.evaluation import Code
from audits.scoring.deciding.candidates import TICKS
from audits.scoring.scored.answers import Answered
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.scoring.scored.words import name_of, result


def may_be_chance(row: ScoredCandidate, target: Decimal | None) -> bool:
    """Return whether the target is within what chance can do to a result.

    It is not known for a mean score.

    >>> row = ScoredCandidate(id="c1", kind="prompt", cases=50, passed=46)
    >>> may_be_chance(row, Decimal("0.9")), may_be_chance(row, Decimal("0.7"))
    (True, False)
    """
    if target is None or row.passed is None:
        return False
    run = Run(tool="", n=row.cases, passed=row.passed)
    return judged(run, float(target)).state == "open"


def is_met_by_chance(found: Answered) -> bool:
    """Return whether chance may explain that what is kept meets the target."""
    kept = found.behind.get("passed", ())
    return any(may_be_chance(row, found.target) for row in kept)


def surely_met(
    found: Candidates, given: Answered, codes: Mapping[str, Code]
) -> tuple[str, ...]:
    """Return the candidates that meet the target even at the lower end, in words.

    There is nothing to say where the one that is kept surely meets it.

    Args:
        found: The candidates.
        given: What they answer.
        codes: The answers given by hand.
    """
    if not is_met_by_chance(given):
        return ()
    return tuple(
        f"“{name_of(row)}” reaches the target even at the lower end: "
        f"{result(row, found.target)}."
        for row in found.rows
        if row.kind in TICKS
        and row.is_allowed
        and not found.why_not(row, codes)
        and _is_surely_met(row, found.target)
    )


def _is_surely_met(row: ScoredCandidate, target: Decimal | None) -> bool:
    if target is None or row.passed is None:
        return False
    is_reached = row.passed >= float(target) * row.cases
    return is_reached and not may_be_chance(row, target)
