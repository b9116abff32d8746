"""Starts or discards a new audit after a sign-off; moves a draft to a new version."""

from http import HTTPStatus
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from audits.access.audits import audit_for_editing
from audits.access.members import MemberRequest, members_only
from audits.limits import STEPS, limited, too_many
from audits.models import Audit
from audits.services.answers.answers import AuditLocked
from audits.services.reviews.drafts.discarding import (
    DraftChanged,
    NothingToGoBackTo,
    digest_of_draft,
    discard_draft,
    why_not_discard,
    work_in,
)
from audits.services.reviews.drafts.renewals import NotSignedOff, begin_again
from audits.services.reviews.newer_versions import move_draft
from audits.services.use_cases.dropped_results import saved_in_draft


@members_only
@require_POST
@limited(STEPS)
def again(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    audit = audit_for_editing(request.membership, audit_id)
    try:
        draft = begin_again(audit=audit, by=request.user)
    except NotSignedOff:
        return redirect("result", audit.pk)
    return redirect("tasks" if draft.is_draft else "result", draft.pk)


@members_only
@require_POST
@limited(STEPS)
def move(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Move a draft to the newest version of its framework, with its answers."""
    audit = audit_for_editing(request.membership, audit_id)
    try:
        move_draft(audit=audit, by=request.user)
    except AuditLocked:
        return redirect("result", audit.pk)
    return redirect("tasks", audit.pk)


@members_only
@require_http_methods(["GET", "POST"])
def discard(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Confirm and discard a draft, and return to the audit that stays in force."""
    audit = audit_for_editing(request.membership, audit_id)
    if not audit.is_draft or audit.supersedes_id is None:
        return redirect("result", audit.pk)
    if why_not := why_not_discard(audit, request.membership):
        raise PermissionDenied(why_not)
    if request.method == "GET":
        return _show_discard(request, audit)
    if refusal := STEPS.refusal(request.user.pk):
        return too_many(request, refusal)
    try:
        back = discard_draft(
            audit=audit, by=request.user, read=request.POST.get("read", "")
        )
    except NothingToGoBackTo:
        return redirect("result", audit.pk)
    except DraftChanged:
        fresh = audit_for_editing(request.membership, audit_id)
        return _show_discard(request, fresh, status=HTTPStatus.CONFLICT)
    return redirect("result", back.pk)


def _show_discard(
    request: MemberRequest, draft: Audit, status: int = HTTPStatus.OK
) -> HttpResponse:
    """Show whose work is in a draft, before it is discarded."""
    context = {
        "audit": draft,
        "use_case": draft.use_case,
        "nav": "use_cases",
        "read": digest_of_draft(draft),
        "work": [(by, list(labels.values())) for by, labels in work_in(draft).items()],
        "stays": bool(saved_in_draft(draft)),
        "has_changed": status == HTTPStatus.CONFLICT,
    }
    return render(request, "reviews/discard.html", context, status=status)
