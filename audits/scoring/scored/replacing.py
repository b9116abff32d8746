"""What a candidate keeps of a result that a later one replaces."""

from dataclasses import replace
from datetime import date

from audits.scoring.scored.candidates import ReplacedResult, ScoredCandidate
from audits.scoring.scored.values import MOST_REPLACED


def replacing(
    before: ScoredCandidate,
    after: ScoredCandidate,
    *,
    file: str = "",
    day: date | None = None,
    then: str = "",
    by: str = "",
    missing: tuple[int | None, int | None] = (None, None),
) -> ScoredCandidate:
    """Return a candidate with its new result, and the one that this replaces.

    An earlier result is kept if it differs, and was from a file or has counted.

    Args:
        before: The candidate with its earlier result.
        after: It with the new one.
        file: The file of the earlier result.
        day: When that was known.
        then: The file of the new result.
        by: Who ran or uploaded the new result.
        missing: How many cases the new result lacks, and how many of them had failed.

    >>> row = ScoredCandidate(id="c1", kind="prompt", cases=60, passed=43, sha256="f")
    >>> [each.passed for each in replacing(row, replace(row, passed=60)).replaced]
    [43]
    """
    has_counted = before.holds_back or not before.why_not
    if _result(before) == _result(after) or not (before.sha256 or has_counted):
        return after
    earlier = ReplacedResult(
        cases=before.cases,
        passed=before.passed,
        mean=before.mean,
        file=file,
        day=day,
        then=then,
        by=by,
        missing=missing[0],
        missing_failed=missing[1],
    )
    return replace(after, replaced=(*before.replaced, earlier)[-MOST_REPLACED:])


def _result(row: ScoredCandidate) -> tuple[object, ...]:
    return row.cases, row.passed, row.mean
