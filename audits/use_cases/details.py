"""The pages that rename, move, tag, copy and delete a use case."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from audits.access.audits import audit_for_editing
from audits.access.members import MemberRequest, members_only
from audits.limits import STEPS, limited
from audits.models import Audit, UseCase
from audits.services.reviews.drafts.copying import copy_use_case
from audits.services.use_cases.changing import (
    ChangedMeanwhile,
    SubmittedBefore,
    change_use_case,
    content_of,
    delete_use_case,
    may_be_deleted,
    name_and_team,
)
from audits.services.use_cases.dropped_results import saved_in_use_case
from audits.services.use_cases.use_cases import imported_cells, team_named
from audits.use_cases.forms import TeamForm
from audits.use_cases.registering import NOT_YOURS, may_choose, shown_to


@members_only
@require_http_methods(["GET", "POST"])
def details(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Show the name, the team and the tags of a use case, or change them."""
    audit = audit_for_editing(request.membership, audit_id)
    use_case = audit.use_case
    now = {
        "name": use_case.name,
        "team": use_case.team.public_id,
        "tags": use_case.tags,
        **use_case.own,
    }
    form = TeamForm(request.POST or None, initial=now)
    if request.method == "GET":
        return _show(request, audit, form)
    if form.is_valid() and not may_choose(request, form):
        form.add_error("team", NOT_YOURS)
    if form.is_valid():
        try:
            _change(request, audit, form)
        except ChangedMeanwhile:
            use_case.refresh_from_db()
            said = (
                f"Somebody else changed this while your page was open: now it is "
                f"“{use_case.name}” of the team “{use_case.team}”{_tagged(use_case)}. "
                "Nothing was saved. Save again to replace that."
            )
            form.add_error(None, said)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "The name, the team and the tags are saved.")
            return redirect("tasks" if audit.is_draft else "result", audit.pk)
    return _show(request, audit, form, status=422)


@transaction.atomic
def _change(request: MemberRequest, audit: Audit, form: TeamForm) -> None:
    """Create the team if it is new and change the use case, both or neither."""
    fields, by = form.cleaned_data, request.user
    team = fields["team"] or team_named(
        organization=request.membership.organization, by=by, name=fields["new_team"]
    )
    change_use_case(
        use_case=audit.use_case,
        by=by,
        name=fields["name"],
        team=team,
        tags=fields["tags"],
        own=form.own_values,
        read=request.POST.get("read", ""),
    )


def _tagged(use_case: UseCase) -> str:
    return f" with the tags {use_case.tags}" if use_case.tags else ""


def _show(
    request: MemberRequest, audit: Audit, form: TeamForm, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "audit": audit,
        "use_case": audit.use_case,
        "nav": "use_cases",
        "form": form,
        "read": name_and_team(audit.use_case),
        "shown": shown_to(request),
        "may_be_deleted": may_be_deleted(audit.use_case),
        "imported": imported_cells(audit.use_case),
    }
    return render(request, "use_cases/details.html", context, status=status)


@members_only
@limited(STEPS)
@require_http_methods(["GET", "POST"])
def delete(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Say what goes with a use case that was never submitted, or delete it."""
    audit = audit_for_editing(request.membership, audit_id)
    use_case = audit.use_case
    if request.method == "POST":
        try:
            delete_use_case(use_case=use_case, by=request.user)
        except SubmittedBefore:
            return _kept(request, audit)
        messages.success(request, f"{use_case.reference} “{use_case.name}” is deleted.")
        return redirect("use_cases")
    if not may_be_deleted(use_case):
        return _kept(request, audit)
    context = {
        "audit": audit,
        "use_case": use_case,
        "nav": "use_cases",
        "content": content_of(use_case),
        "stays": bool(saved_in_use_case(use_case)),
    }
    return render(request, "use_cases/delete.html", context)


@members_only
@limited(STEPS)
@require_POST
def copy(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Register a copy of a use case, and open it."""
    audit = audit_for_editing(request.membership, audit_id)
    try:
        new = copy_use_case(audit=audit, by=request.user, shown=shown_to(request))
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return redirect("use_case_details", audit.pk)
    said = (
        f"This is a copy of {audit.use_case.reference}. Files, links, test results and "
        "comments were not copied, and no answer counts as documented or measured yet."
    )
    messages.success(request, said)
    return redirect("tasks", new.pk)


def _kept(request: MemberRequest, audit: Audit) -> HttpResponse:
    said = "This use case was submitted before, so it is kept and cannot be deleted."
    messages.warning(request, said)
    return redirect("result", audit.pk)
