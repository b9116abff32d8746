"""How many cases of its test set each candidate did not run, by the results files.

A test set is all cases of the runs that share enough of them. Runs that nobody took
count as well, so that leaving one out makes no test set smaller; a file that was
removed as a wrong one does not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from audits.evaluations.reading import run_of
from audits.evaluations.runs import Run
from audits.models import Audit, ResultsFile
from audits.scoring.deciding.candidates import FEWEST_CASES
from audits.scoring.scored.candidates import Candidates, ScoredCandidate, digests_of
from audits.scoring.scored.from_runs import run_behind

type _Cases = tuple[Run, frozenset[str]]


def lacking(audit: Audit, found: Candidates) -> Iterator[ScoredCandidate]:
    """Yield each candidate of which it changes how many cases it lacks.

    Args:
        audit: The audit.
        found: Its candidates, as they will be.

    Note: one query, and none where no result is from a file.
    """
    digests = {x for row in found.rows if not row.wrong for x in digests_of(row)}
    runs = _runs(audit, digests) if digests else {}
    there = [(run, _ids(run)) for run in runs.values()]
    for row in found.rows:
        run = run_behind(row, runs)
        lacks = _lacks(run, there) if run else 0
        if row.sha256 in digests and lacks != row.lacks:
            yield replace(row, lacks=lacks)


def _runs(audit: Audit, digests: set[str]) -> Mapping[tuple[str, int], Run]:
    files = ResultsFile.objects.filter(use_case=audit.use_case_id, digest__in=digests)
    return {
        (kept.digest, number): run_of(run)
        for kept in files
        for number, run in enumerate(kept.runs)
    }


def _ids(run: Run) -> frozenset[str]:
    return frozenset(case.id for case in run.cases)


def _lacks(run: Run, there: list[_Cases]) -> int:
    own = _ids(run)
    known = (ids for other, ids in there if _is_same_test((run, own), (other, ids)))
    return len(own.union(*known)) - len(own) if own else 0


def _is_same_test(one: _Cases, other: _Cases) -> bool:
    (run, own), (that, ids) = one, other
    is_alike = (run.task, run.measure) == (that.task, that.measure)
    is_alike = is_alike or run.tool != that.tool
    shared = len(own & ids)
    return is_alike and shared >= max(1, min(FEWEST_CASES, len(own), len(ids)))
