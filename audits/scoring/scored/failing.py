"""How many cases failed of the result that says how near the target is."""

from typing import NamedTuple

from audits.scoring.scored.answers import Answered


class Failing(NamedTuple):
    """The cases that failed, and those that were tested."""

    failed: int
    cases: int


def failing(found: Answered) -> Failing | None:
    """Return how many cases failed; None without a result that counts them.

    Args:
        found: What the candidates answer.
    """
    rows = found.behind.get("quality_gap", ())
    counted = (
        Failing(row.cases - row.passed, row.cases)
        for row in rows
        if row.passed is not None
    )
    return next(counted, None)
