"""A time limit that a result misses, which nothing that meets the target hides."""

from audits.scoring.scored.candidates import ScoredCandidate


def misses_limit(row: ScoredCandidate, limit_ms: int | None) -> str:
    """Return that a result misses the limit, after what it does to the target.

    Args:
        row: The result.
        limit_ms: The time that 95 of 100 calls may take; None without a limit.

    >>> row = ScoredCandidate(id="c1", kind="stronger", cases=200, p95_ms=989)
    >>> misses_limit(row, 100), misses_limit(row, 1000), misses_limit(row, None)
    ('too slow: 989 ms, and the limit is 100 ms', '', '')
    """
    if limit_ms is None or row.p95_ms is None or row.p95_ms <= limit_ms:
        return ""
    return f"too slow: {row.p95_ms:,} ms, and the limit is {limit_ms:,} ms"


def but_not_the_limit(row: ScoredCandidate, limit_ms: int | None) -> str:
    """Return the same after words that say that the target is met, with a comma.

    >>> row = ScoredCandidate(id="c1", kind="stronger", cases=200, p95_ms=989)
    >>> f"It meets the target{but_not_the_limit(row, 100)}."
    'It meets the target, but not the limit of 100 ms (989 ms).'
    """
    if not misses_limit(row, limit_ms):
        return ""
    return f", but not the limit of {limit_ms:,} ms ({row.p95_ms:,} ms)"
