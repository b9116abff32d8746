"""The day on which a board decides, from which the 12 months of its paper count."""

from datetime import date

from django.utils import timezone

from audits.models import Audit, Cover
from audits.scoring import Assessment
from audits.scoring.money.moves import move_of
from audits.services.due.asking import asking_of
from audits.services.due.board_decisions import decision_of
from audits.services.due.meeting_day import meeting_day
from audits.services.due.time_for_move import in_time


def decided_in_time(assessment: Assessment, cover: Cover, on: date) -> date | None:
    """Return the day to decide by: a move that takes longer brings it forward.

    Args:
        assessment: What is decided.
        cover: The author's words, with their day; None without one.
        on: The day of the paper, before which no day is moved.
    """
    move = move_of(assessment)
    if cover.decide_by is None or move is None:
        return cover.decide_by
    return in_time(move, cover.decide_by, on)


def decided_on(assessment: Assessment, cover: Cover, on: date | None) -> date | None:
    """Return the day on which the board decides; None if nobody said.

    Args:
        assessment: What is decided.
        cover: The author’s words.
        on: The day of the paper, which counts once that day has passed; without it,
            today.
    """
    made = on or timezone.localdate()
    day = meeting_day(cover.meeting) or decided_in_time(assessment, cover, made)
    return max(day, made) if day else None


def counted_from(
    audit: Audit, assessment: Assessment, cover: Cover, on: date | None = None
) -> date | None:
    """Return from when the 12 months of a decision count; None for the verdict's day.

    What a board decided keeps the day of what it read (docs/decisions/0197).

    Args:
        audit: One that is submitted.
        assessment: What is decided.
        cover: The author's words.
        on: The day of the paper; without it, today.
    """
    if asking_of(audit, cover) != "asked":
        decided = decision_of(audit)
        if decided is None:
            return None
        on = decided.decided_on
    return decided_on(assessment, cover, on)
