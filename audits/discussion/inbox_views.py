"""The inbox of a member."""

from datetime import datetime
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.views.decorators.http import require_GET, require_POST

from audits.access.inbox import notice_for_opening, numbers_of
from audits.access.members import MemberRequest, members_only
from audits.discussion.inbox import UNREAD, Notices, place_of, rows_of
from audits.models import NoticeKind
from audits.services.people.inbox import mark_all_read, mark_read

ON_A_PAGE = 25
# What is overdue is named before the other kinds.
_OVERDUE = (NoticeKind.LATE, NoticeKind.NOT_DONE)
_TABS = (*_OVERDUE, *(kind for kind in NoticeKind if kind not in _OVERDUE))


@members_only
@require_GET
def inbox(request: MemberRequest) -> HttpResponse:
    """Show what happened and what waits: all of it, what is unread, or one kind."""
    now = timezone.now()
    numbers, unread, waiting = numbers_of(request.membership)
    chosen = request.GET.get("show", "")
    if chosen not in (UNREAD, *NoticeKind.values):
        chosen = ""
    sizes: dict[str, int] = {"": sum(numbers.values()), UNREAD: unread, **numbers}
    notices = Notices(request.membership, chosen, sizes[chosen], ON_A_PAGE)
    pages = Paginator(notices, ON_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "nav": "inbox",
        "chosen": chosen,
        "kinds": [(kind, numbers[kind]) for kind in _TABS if numbers.get(kind)],
        "number": sizes[""],
        "unread": unread,
        "waiting": waiting,
        "page": page,
        "rows": rows_of(page.object_list),
        "until": now.isoformat(),
        "previous_link": f"?show={chosen}&page={page.number - 1}",
        "next_link": f"?show={chosen}&page={page.number + 1}",
    }
    return render(request, "discussion/inbox.html", context)


@members_only
@require_GET
def notice(request: MemberRequest, kind: str, subject: UUID) -> HttpResponse:
    """Mark a row as read, and lead to its place."""
    found = notice_for_opening(request.membership, kind, subject)
    mark_read(member=request.membership, notice=found)
    return redirect(place_of(found, request.membership))


@members_only
@require_POST
def read_inbox(request: MemberRequest) -> HttpResponse:
    """Mark all as read that was there when the page was opened."""
    if until := _moment(request.POST.get("until", "")):
        mark_all_read(member=request.membership, until=until)
    return redirect("inbox")


def _moment(text: str) -> datetime | None:
    """Return the moment that a page says it is of; None if it says something else."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and is_aware(found) else None
