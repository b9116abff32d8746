"""Runs of a results file that somebody left out: they hold back what they contradict.

Nobody has said what such a run is, so it counts for nothing. But no verdict is given
that it would change, if it is of the same test as a run that counts.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from audits.evaluations.runs import Run
from audits.scoring.deciding.candidates import FEWEST_CASES
from audits.scoring.scored.candidates import ScoredCandidate


def held_by_left_out(
    left: Iterable[tuple[ScoredCandidate, Run]], chosen: Sequence[Run]
) -> Iterator[ScoredCandidate]:
    """Yield the best run of each kind that was left out, as it holds back.

    One with too few cases, or of another test than every run that was chosen, holds
    nothing back.

    Args:
        left: The runs, each with the candidate that it would be.
        chosen: The runs of the file that are candidates.
    """
    best: dict[str, ScoredCandidate] = {}
    for row, run in left:
        is_same = any(is_same_test(run, each) for each in chosen)
        there = best.get(row.kind)
        is_better = there is None or (row.score or 0) > (there.score or 0)
        if is_same and is_better and not row.why_not:
            best[row.kind] = row
    for row in best.values():
        yield replace(row, is_removed=True, is_left_out=True, holds_back=True)


def is_same_test(one: Run, other: Run) -> bool:
    """Return whether two runs are of one test: alike measured, on the same cases.

    >>> run = Run(tool="Inspect", measure="accuracy", n=90)
    >>> is_same_test(run, run)
    True
    >>> is_same_test(run, Run(tool="Inspect", measure="f1", n=90))
    False
    """
    if (one.task, one.measure) != (other.task, other.measure):
        return False
    ids, others = ({case.id for case in run.cases} for run in (one, other))
    if not (ids and others):
        return True
    return len(ids & others) >= min(FEWEST_CASES, len(ids), len(others))
