"""Starts or discards a new audit after a sign-off; moves a draft to a new version."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from audits.access.audits import audit_for_editing
from audits.access.members import MemberRequest, members_only
from audits.services.answers.answers import AuditLocked
from audits.services.reviews.newer_versions import move_draft
from audits.services.reviews.renewals import (
    NothingToGoBackTo,
    NotSignedOff,
    begin_again,
    discard_draft,
)


@members_only
@require_POST
def again(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    audit = audit_for_editing(request.membership, audit_id)
    try:
        draft = begin_again(audit=audit, by=request.user)
    except NotSignedOff:
        return redirect("result", audit.pk)
    return redirect("tasks", draft.pk)


@members_only
@require_POST
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
    """Confirm and discard a draft, and return to the audit it would have followed."""
    audit = audit_for_editing(request.membership, audit_id)
    if request.method == "GET" and audit.is_draft and audit.supersedes_id:
        context = {"audit": audit, "use_case": audit.use_case, "nav": "use_cases"}
        return render(request, "reviews/discard.html", context)
    try:
        back = discard_draft(audit=audit, by=request.user)
    except NothingToGoBackTo:
        return redirect("result", audit.pk)
    return redirect("result", back.pk)
