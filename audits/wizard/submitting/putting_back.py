"""Puts an audit that was taken back from review there again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.views.decorators.http import require_POST

from audits.access.audits import audit_for_editing
from audits.access.members import MemberRequest, members_only
from audits.limits import STEPS, limited
from audits.services.people.times_of_day import as_shown
from audits.services.reviews.audits import ChangedSinceRead
from audits.services.reviews.drafts import withdrawals

_DONE = "Back in review, as submitted on {at}."
_CHANGED = (
    "An answer, a note, a number or evidence has changed since the audit was taken "
    "back, so it cannot be put back. Submit it again."
)
_NOT_AS_READ = (
    "This audit was changed, submitted or reviewed after you opened the page, so it "
    "was not put back. Read it again, then decide."
)


@members_only
@require_POST
@limited(STEPS)
def put_back(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Put an audit back into review as it was submitted, if nothing has changed."""
    audit = audit_for_editing(request.membership, audit_id)
    read = request.POST.get("read", "")
    try:
        back = withdrawals.put_back(audit=audit, by=request.user, read=read)
    except withdrawals.SubmissionNeeded:
        messages.warning(request, _CHANGED)
        return redirect("check", audit.pk)
    except (ChangedSinceRead, withdrawals.NotWithdrawn):
        messages.warning(request, _NOT_AS_READ)
        # Where it is no draft any more, the check leads to the result.
        return redirect("check", audit.pk)
    if audit.is_draft:  # else it was a second click
        at = date_format(as_shown(back.submitted_at), "j F Y, H:i")
        messages.success(request, _DONE.format(at=at))
    return redirect("result", audit.pk)
