"""Rows that were run on other cases: nothing says which of them does better.

A row names its set of cases, and the other sets that have too few of them. A pair that
is apart answers nothing, however good its scores are.
"""

from collections.abc import Sequence
from typing import Protocol


class OnCases(Protocol):
    """A row or a candidate with a score on a set of cases."""

    @property
    def score(self) -> float | None:
        """The share of its cases that passed."""

    @property
    def tested(self) -> str:
        """The name of its set of cases; empty where that is not known."""

    @property
    def apart(self) -> tuple[tuple[str, int], ...]:
        """The sets with too few of its cases, and how many they have."""


def shared_by(one: OnCases, other: OnCases) -> int | None:
    """Return how many cases both ran, if these are too few; else None.

    Each was there before the other or came after it, so either of them may know.
    """
    for this, that in ((one, other), (other, one)):
        few = dict(this.apart).get(that.tested) if that.tested else None
        if few is not None:
            return few
    return None


def pair_apart[Row: OnCases](
    firsts: Sequence[Row], seconds: Sequence[Row]
) -> tuple[Row, Row] | None:
    """Return two of the best of each that are apart; None if none are.

    Of equal scores any may be the best once the others have fewer cases.
    """
    pairs = ((one, other) for one in _best(firsts) for other in _best(seconds))
    return next((pair for pair in pairs if shared_by(*pair) is not None), None)


def _best[Row: OnCases](rows: Sequence[Row]) -> list[Row]:
    most = max((row.score or 0.0 for row in rows), default=0.0)
    return [row for row in rows if (row.score or 0.0) == most]
