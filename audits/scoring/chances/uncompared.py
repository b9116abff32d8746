"""Typed results that could be of the same cases: only a file shows whether they are."""

from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.scoring.scored.words import name_of

_TWO = 2


def uncompared(found: Candidates) -> str:
    """Return what would compare typed results of as many cases; may be empty.

    >>> old = ScoredCandidate(id="c1", kind="prompt", cases=60, passed=46)
    >>> new = ScoredCandidate(id="c2", kind="documents", cases=60, passed=55)
    >>> uncompared(Candidates(rows=(old, new)))[:76]
    '“Written prompt” (46 of 60) and “Prompt with documents” (55 of 60): the same'
    >>> uncompared(Candidates(rows=(old,)))
    ''
    """
    by_cases: dict[int, list[ScoredCandidate]] = {}
    for row in found.rows:
        if not row.sha256 and not row.is_removed and row.score is not None:
            by_cases.setdefault(row.cases, []).append(row)
    alike = max(by_cases.values(), key=len, default=[])
    if len(alike) < _TWO:
        return ""
    *first, last = (f"“{name_of(row)}” ({_scored(row)})" for row in alike)
    return (
        f"{', '.join(first)} and {last}: the same cases? A file with one row a case "
        "shows whether the difference is chance."
    )


def _scored(row: ScoredCandidate) -> str:
    if row.passed is None:
        return f"mean score {row.score or 0:.3g}"
    return f"{row.passed:,} of {row.cases:,}"
