"""Compares runs on the cases that both ran."""

from collections.abc import Sequence
from dataclasses import dataclass

from audits.evaluations.runs import Case, Run, judged_cases
from audits.evaluations.statistics.means import ScoreGap, score_gap
from audits.evaluations.statistics.pairs import PassedPairs

MOST_COMPARISONS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two runs on the same cases.

    Attributes:
        first: A run.
        second: The run it is compared with.
        pairs: What each case did with both, if both have verdicts.
        scores: The difference of their scores, if they do not.
        shared: Cases that both have a result for; 0 if they cannot be compared.
    """

    first: Run
    second: Run
    shared: int = 0
    pairs: PassedPairs | None = None
    scores: ScoreGap | None = None


def comparisons(first: Sequence[Run], second: Sequence[Run]) -> tuple[Comparison, ...]:
    """Compare the runs of two files: those of one tool, task and measure.

    A run is not compared with itself, so that a file can be compared with itself. At
    most `MOST_COMPARISONS` are made.
    """
    found: list[Comparison] = []
    for one in first:
        for other in second:
            if _is_alike(one, other) and one != other:
                is_new = not any(x.first == other and x.second == one for x in found)
                if is_new and len(found) < MOST_COMPARISONS:
                    found.append(compared(one, other))
    return tuple(found)


def compared(first: Run, second: Run) -> Comparison:
    """Compare two runs, by the ids of their cases; no score is a fail."""
    others = {case.id: case for case in judged_cases(second)}
    both = [(x, others[x.id]) for x in judged_cases(first) if x.id in others]
    pairs = _passed_pairs(both)
    if pairs.n:
        return Comparison(first=first, second=second, shared=pairs.n, pairs=pairs)
    scores = [
        (one.score, other.score)
        for one, other in both
        if one.score is not None and other.score is not None
    ]
    if not scores:
        return Comparison(first=first, second=second)
    return Comparison(
        first=first, second=second, shared=len(scores), scores=score_gap(scores)
    )


def _is_alike(one: Run, other: Run) -> bool:
    return (one.tool, one.task, one.measure) == (other.tool, other.task, other.measure)


def _passed_pairs(both: Sequence[tuple[Case, Case]]) -> PassedPairs:
    counts = {(first, second): 0 for first in (True, False) for second in (True, False)}
    for one, other in both:
        if one.passed is not None and other.passed is not None:
            counts[one.passed, other.passed] += 1
    return PassedPairs(
        both=counts[True, True],
        only_first=counts[True, False],
        only_second=counts[False, True],
        neither=counts[False, False],
    )


def missing_cases(earlier: Run, later: Run) -> tuple[int | None, int | None]:
    """Return how many cases of a run another lacks, and how many of them had failed.

    Neither is known where a run has no result for each case, nor the second where
    cases have a score and no verdict.

    >>> earlier = Run(tool="", cases=(Case(id="a", passed=False), Case(id="b")))
    >>> missing_cases(earlier, Run(tool="", cases=(Case(id="b"),)))
    (1, 1)
    """
    if not (earlier.cases and later.cases):
        return None, None
    there = {case.id for case in later.cases}
    missing = [case for case in judged_cases(earlier) if case.id not in there]
    if any(case.passed is None for case in missing):
        return len(missing), None
    return len(missing), sum(not case.passed for case in missing)
