"""Which candidates were run on other cases, by the files that they are from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from audits.evaluations.reading import run_of
from audits.evaluations.runs import Run
from audits.models import Audit, ResultsFile
from audits.scoring.deciding.candidates import FEWEST_CASES
from audits.scoring.scored.candidates import Candidates, ScoredCandidate, digests_of
from audits.scoring.scored.from_runs import run_behind

_DIGITS = 12
type _Sets = Mapping[str, frozenset[str]]


def with_cases(
    audit: Audit, rows: Sequence[ScoredCandidate], found: Candidates
) -> list[ScoredCandidate]:
    """Return results with their sets of cases, and the sets that are apart from these.

    Sets of all candidates are compared, of removed ones and earlier states too, since
    a reader may ask what these would give. A typed result has no cases to compare.

    Args:
        audit: The audit.
        rows: The new or changed results.
        found: The candidates that are there.

    Note: one query, and none where no result is from a file.
    """
    if not any(row.sha256 for row in rows):
        return [*rows]
    every = (*rows, *found.rows)
    runs = _runs(audit, every)
    named = [_named(row, runs) for row in rows]
    wanted = {row.tested for row in (*named, *found.rows)}
    wanted |= {state.tested for row in every for state in row.replaced}
    sets = {
        name: cases
        for run in runs.values()
        if (cases := _cases(run)) and (name := _name(cases)) in wanted
    }
    return [
        replace(row, apart=tuple(_apart(row.tested, sets)))
        if row.tested in sets
        else row  # its file is gone, or has no cases
        for row in named
    ]


def _runs(
    audit: Audit, rows: Iterable[ScoredCandidate]
) -> Mapping[tuple[str, int], Run]:
    """Return the runs of all files that candidates are or were from."""
    digests = {x for row in rows for x in digests_of(row)}
    files = ResultsFile.objects.filter(use_case=audit.use_case_id, digest__in=digests)
    return {
        (kept.digest, number): run_of(run)
        for kept in files
        for number, run in enumerate(kept.runs)
    }


def _named(
    row: ScoredCandidate, runs: Mapping[tuple[str, int], Run]
) -> ScoredCandidate:
    run = run_behind(row, runs)
    cases = _cases(run) if run else frozenset()
    return replace(row, tested=_name(cases)) if cases else row


def _cases(run: Run) -> frozenset[str]:
    return frozenset(case.id for case in run.cases)


def _name(cases: frozenset[str]) -> str:
    return sha256("\n".join(sorted(cases)).encode()).hexdigest()[:_DIGITS]


def _apart(name: str, sets: _Sets) -> Iterator[tuple[str, int]]:
    own = sets.get(name, frozenset())
    for other, cases in sorted(sets.items()):
        both = len(own & cases)
        if own and other != name and both < min(FEWEST_CASES, len(own), len(cases)):
            yield other, both
