"""The days of a decision in a pack: when it is due, and from when its money counts."""

from datetime import date
from typing import Any

from audits.models import Cover
from audits.scoring import Assessment
from audits.scoring.money.moves import move_of
from audits.services.papers.next_date import decided_in_time, decided_on


def counts_from(
    assessment: Assessment, cover: Cover, on: date, held: date | None
) -> date | None:
    """Return the day from which its 12 months count, as on its own page.

    Args:
        assessment: What is decided.
        cover: The author's words, which may name another meeting or a day.
        on: The day of the pack.
        held: The meeting that can decide it; None without one.

    Returns:
        The day; None if nobody said, so that its months are those of the verdict.
    """
    return held or decided_on(assessment, cover, on)


def due_by(
    assessment: Assessment, cover: Cover, on: date, held: date | None, deferred: str
) -> dict[str, Any]:
    """Return by when it is due; after a deferral, the day that the board has set."""
    by = None if deferred else decided_in_time(assessment, cover, on)
    return {
        "by": by,
        "is_late": bool(by and cover.is_late(on)),
        "is_before": bool(held and by and by < held),
        "deferred": deferred,
    }


def too_late_on(assessment: Assessment, held: date | None) -> date | None:
    """Return the day on which a model ends that must be moved before; None if not."""
    move = move_of(assessment)
    return move.ends if move and held and move.ends <= held else None
