"""The conditions of a sign-off, as steps that somebody has to take."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from audits.models import Audit, Review


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What a reviewer asks for, of whom and by when, and whether it is met.

    `by` is the reviewer, who asked `on` a day. `became` says who says that it is met,
    or who confirmed it; empty while it is open. An amount waits for what `is_holding`:
    it `holds_money`, and is not met.
    """

    pk: UUID
    words: str
    owner: str
    by: str
    on: date
    due_on: date
    is_met: bool
    is_said: bool
    became: str
    is_holding: bool
    holds_money: bool


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
            is_met=each.is_met,
            is_said=each.is_said,
            became=each.became,
            is_holding=each.is_holding,
            holds_money=each.holds_money,
        )
        for each in review.asked
    )
