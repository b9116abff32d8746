"""The condition of a sign-off, as a step that somebody has to take."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from django.utils import timezone

from audits.models import Audit, Review


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What a reviewer asks for, of whom, since when, and until when the sign-off holds.

    Nobody says in Attune that it is met: a new sign-off replaces it.
    """

    words: str
    owner: str
    by: str
    on: date
    until: date | None

    @classmethod
    def of(cls, audit: Audit, review: Review | None) -> Self | None:
        """Return the condition of an audit that is in force; None without one.

        Args:
            audit: The audit.
            review: Its last review, if there is one.
        """
        is_in_force = audit.state == Audit.State.SIGNED_OFF
        if not is_in_force or review is None:
            return None
        if review.outcome != Review.Outcome.CONDITIONS:
            return None
        return cls(
            words=review.words,
            owner=str(audit.use_case.owner),
            by=str(review.by),
            on=timezone.localdate(review.at),
            until=audit.valid_until,
        )
