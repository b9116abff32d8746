"""The next date of a use case, whatever it is for."""

from datetime import date

from django.utils import timezone

from audits.models import Audit, Cover, SignOffCondition
from audits.models.sign_offs.conditions import ConditionState

_STATES: dict[ConditionState, str] = {
    "open": "open",
    "said": "said to be met, not confirmed",
    "met": "met, confirmed",
}


def next_dates(audit: Audit) -> dict[str, date | None]:
    """Return the next date of an audit, and that of its first open condition.

    That is the day of the decision while it waits. Then it is the earliest of the day
    of the review and the days of the open conditions.
    """
    condition = _condition_due_on(audit)
    days = filter(None, (_due_on(audit), condition))
    return {"due_on": min(days, default=None), "condition_due_on": condition}


def conditions_said(audit: Audit) -> str:
    """Return what became of the conditions of a sign-off; empty without any in force.

    Only what who may sign off has confirmed is met.
    """
    if audit.state != Audit.State.SIGNED_OFF:
        return ""
    states = [each.state for each in SignOffCondition.objects.filter(audit=audit)]
    counted = [
        f"{number} {words}"
        for state, words in _STATES.items()
        if (number := states.count(state))
    ]
    return ", ".join(counted)


def _condition_due_on(audit: Audit) -> date | None:
    """Return the earliest day of an open condition; None without one."""
    if audit.state != Audit.State.SIGNED_OFF:
        return None
    still_open = SignOffCondition.objects.filter(audit=audit, met_at=None)
    first: date | None = (
        still_open.order_by("due_on").values_list("due_on", flat=True).first()
    )
    return first


def _due_on(audit: Audit) -> date | None:
    if audit.state == Audit.State.SIGNED_OFF:
        if audit.review_due_at is None:
            return audit.valid_until
        due: date = timezone.localdate(audit.review_due_at)
        return min(due, audit.valid_until or due)
    if audit.is_draft:
        return None
    covers = Cover.objects.filter(audit=audit)
    decide_by: date | None = covers.values_list("decide_by", flat=True).first()
    return decide_by
