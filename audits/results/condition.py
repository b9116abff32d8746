"""The conditions of a sign-off, as steps that somebody has to take."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from audits.models import Audit, Review


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What a reviewer asks for, of whom and by when, and whether it is met.

    `by` is the reviewer, who asked `on` a day. `met_at` is the day on which it was met.
    """

    pk: UUID
    words: str
    owner: str
    by: str
    on: date
    due_on: date
    met_at: date | None
    is_overdue: bool

    @property
    def is_met(self) -> bool:
        """Whether somebody has met it."""
        return self.met_at is not None


def conditions_of(audit: Audit, review: Review | None) -> tuple[Condition, ...]:
    """Return the conditions of an audit that is in force.

    Args:
        audit: The audit.
        review: Its last review, if there is one.
    """
    if audit.state != Audit.State.SIGNED_OFF or review is None:
        return ()
    return tuple(
        Condition(
            pk=each.pk,
            words=each.words,
            owner=str(each.owner),
            by=str(review.by),
            on=timezone.localdate(review.at),
            due_on=each.due_on,
            met_at=timezone.localdate(each.met_at) if each.met_at else None,
            is_overdue=each.is_overdue,
        )
        for each in review.asked
    )
