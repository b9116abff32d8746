"""What a use case keeps of its target when that is changed once results are known.

Anyone who sees the results first and then chooses the target chooses the verdict, so
each reader is told. A target that was set before any result is no change.
"""

from dataclasses import replace
from datetime import date

from audits.scoring.scored.candidates import Candidates, EarlierTarget
from audits.scoring.scored.values import MOST_REPLACED, TEXTS


def moving(
    before: Candidates, after: Candidates, *, by: str, on: date, is_read: bool = False
) -> Candidates:
    """Return what candidates are compared with, and what that was before.

    Args:
        before: The candidates with their target as it is.
        after: The target as it will be.
        by: The person who saves the change.
        on: The day.
        is_read: Whether a results file was read before, even if nothing was saved.

    >>> from decimal import Decimal
    >>> before = Candidates(target=Decimal("0.85"))
    >>> after, day = Candidates(target=Decimal("0.999")), date(2026, 11, 28)
    >>> moving(before, after, by="Omar", on=day).moved
    ()
    >>> [x.target for x in moving(before, after, by="Omar", on=day, is_read=True).moved]
    [Decimal('0.85')]
    """
    mark = before.target, before.limit_ms
    is_known = is_read or _has_results(before)
    moved = before.moved
    if is_known and mark != (after.target, after.limit_ms):
        earlier = EarlierTarget(
            target=before.target, limit_ms=before.limit_ms, by=by[: TEXTS["by"]], on=on
        )
        moved = _kept((*moved, earlier), after)
    return replace(after, rows=before.rows, moved=moved)


def _has_results(found: Candidates) -> bool:
    """Whether a result counted, or was from a file, whatever became of it."""
    return any(
        row.sha256 or row.replaced or row.holds_back or not row.why_not
        for row in found.rows
    )


def _kept(
    moved: tuple[EarlierTarget, ...], after: Candidates
) -> tuple[EarlierTarget, ...]:
    """Return the earlier ones to keep: none since it was as it is again.

    Of too many the second oldest goes, so that what it was first always stays.
    """
    for place, each in enumerate(moved):
        if (each.target, each.limit_ms) == (after.target, after.limit_ms):
            return moved[:place]
    return moved if len(moved) <= MOST_REPLACED else (moved[0], *moved[2:])
