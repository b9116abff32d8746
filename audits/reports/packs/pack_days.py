"""The days of a decision in a pack: by when it is due, or since when it is too late."""

from datetime import date
from typing import Any

from audits.models import Cover
from audits.scoring import Assessment
from audits.scoring.money.moves import move_of
from audits.services.due.decision_day import decided_in_time


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
