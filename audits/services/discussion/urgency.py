"""How a thing that waits presses, which every list of such things shows alike."""

from datetime import date, timedelta

from audits.models import NoticeKind
from audits.models.inbox.columns import Notice
from audits.services.people.times_of_day import today_shown
from audits.services.portfolio.cases import CaseLine

# What is due by its kind, and how long before its day something else is.
_PRESSING = (NoticeKind.DUE, NoticeKind.LATE, NoticeKind.NOT_DONE, NoticeKind.CONFLICT)
_NEAR = timedelta(days=7)


def is_pressing(notice: Notice, ends_on: date | None, case: CaseLine | None) -> bool:
    """Return whether its day is over or near, or there is nothing to wait for.

    Args:
        notice: What waits.
        ends_on: The day that it names, if any.
        case: What it asks for, of one in review.
    """
    if notice.kind in _PRESSING or (case and case.is_late):
        return True
    return ends_on is not None and ends_on <= today_shown() + _NEAR


def urgency_of(notice: Notice, ends_on: date | None, case: CaseLine | None) -> str:
    """Return the classes of its tag: due, to do, or neither while it can wait."""
    if notice.kind == NoticeKind.DUE and notice.flag == "stopped":
        return "status"
    pressing = is_pressing(notice, ends_on, case)
    return "status-wait status" if pressing else "status-act status"
