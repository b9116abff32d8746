"""What new results add to the candidates of a use case."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from audits.scoring.scored.candidates import (
    Candidates,
    ScoredCandidate,
    as_before,
    lessened,
    released,
)


def added(
    found: Candidates, rows: Sequence[ScoredCandidate], last: int = 0
) -> dict[str, ScoredCandidate]:
    """Return the candidates that new results add or change, by id.

    All others stay. A new result that counts ends what those of its kind held back.

    Args:
        found: The candidates so far.
        rows: The results; those without an id get the next ones, the others replace
            the candidate of that id.
        last: The highest number that an id has had.
    """
    there, sent = {row.id: row for row in found.rows}, {row.id for row in rows}
    change: dict[str, ScoredCandidate] = {}
    for row in rows:
        if not row.id:
            last += 1
        before = there.get(row.id)
        after = replace(row, id=row.id or f"c{last}")
        if not row.why_not and not _is_same_result(before, row):
            others = (x for x in released(found, row) if x.id not in sent)
            change |= {each.id: each for each in others}
        change[after.id] = lessened(before, after) if before else after
    return change | _rest_of_files(found, change)


def _rest_of_files(
    found: Candidates, change: Mapping[str, ScoredCandidate]
) -> dict[str, ScoredCandidate]:
    """Return the rest of wrong files of which something is there again, by id.

    A file is wrong as a whole: its other runs hold back like any that was removed.
    """
    back = {row.sha256 for row in change.values() if not row.is_removed}
    rest = (x for x in found.rows if x.wrong and x.sha256 in back)
    return {
        row.id: lessened(as_before(row), replace(row, wrong=None))
        for row in rest
        if row.id not in change
    }


def with_results(found: Candidates, rows: Sequence[ScoredCandidate]) -> Candidates:
    """Return the candidates with the results of another file.

    >>> row = ScoredCandidate(id="", kind="prompt", cases=40, passed=30)
    >>> [each.id for each in with_results(Candidates(), [row, row]).rows]
    ['c1', 'c2']
    """
    last = max((int(row.id[1:]) for row in found.rows), default=0)
    after = {row.id: row for row in found.rows} | added(found, rows, last)
    return replace(found, rows=tuple(after.values()))


def _is_same_result(before: ScoredCandidate | None, row: ScoredCandidate) -> bool:
    """Whether only what a candidate is called changes: nothing was scored again."""
    if before is None or before.why_not:
        return False
    return (before.kind, before.cases, before.score) == (row.kind, row.cases, row.score)
