"""The pages that change, copy and delete a use case."""

from datetime import date
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
from audits.services.answers.answers import AuditLocked
from audits.services.due.covers import cover_of
from audits.services.papers.covers import CoverChanged, save_cover
from audits.services.reviews.drafts.copying import copy_use_case
from audits.services.reviews.separation import owner_who_signs
from audits.services.use_cases.bulk.changes import change_one
from audits.services.use_cases.bulk.reading import cases_of
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
from audits.use_cases.details_form import DetailsForm
from audits.use_cases.registering import NOT_YOURS, may_choose, shown_to


@members_only
@require_http_methods(["GET", "POST"])
def details(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Show what a use case is called, whose it is and when it is decided; change it."""
    audit = audit_for_editing(request.membership, audit_id)
    use_case = audit.use_case
    form = _form(request, use_case)
    if request.method == "GET":
        return _show(request, audit, form)
    if form.is_valid() and not may_choose(request, form):
        form.add_error("team", NOT_YOURS)
    if form.is_valid() and _is_saved(request, audit, form):
        _say_saved(request, form)
        return redirect(*_back(request, audit))
    return _show(request, audit, form, status=422)


def _is_saved(request: MemberRequest, audit: Audit, form: DetailsForm) -> bool:
    """Save what changed; return False if the form says what is in the way."""
    try:
        _change(request, audit, form)
    except ChangedMeanwhile:
        audit.use_case.refresh_from_db()
        form.add_error(None, _changed_meanwhile(audit.use_case))
    except CoverChanged as change:
        for part in change.parts:
            form.add_error(part, _COVER_CHANGED)
    except AuditLocked:
        form.add_error(None, "A newer audit has replaced this one: change it there")
    except ValidationError as error:
        form.add_error(None, error)
    return form.is_valid()


def _form(request: MemberRequest, use_case: UseCase) -> DetailsForm:
    """Return the form with what is so now."""
    (case,) = cases_of([use_case.pk.hex])
    cover = cover_of(Audit.objects.get(pk=UUID(case.audit)))
    until = case.values["review"]
    now = {
        "name": use_case.name,
        "team": use_case.team.public_id,
        "tags": use_case.tags,
        **use_case.own,
        "stage": use_case.stage,
        "owner": use_case.owner.public_id,
        "sponsor": cover.sponsor,
        "sponsor_agreed_on": cover.sponsor_agreed_on,
        "decide_by": cover.decide_by,
        "review": date.fromisoformat(until) if until else None,
    }
    return DetailsForm(case, cover, request.POST or None, initial=now)


@transaction.atomic
def _change(request: MemberRequest, audit: Audit, form: DetailsForm) -> None:
    """Create the team if it is new and change all that is changed, or nothing."""
    fields, by = form.cleaned_data, request.user
    team = fields["team"] or team_named(
        organization=request.membership.organization, by=by, name=fields["new_team"]
    )
    use_case = change_use_case(
        use_case=audit.use_case,
        by=by,
        name=fields["name"],
        team=team,
        tags=fields["tags"],
        own=form.own_values,
        read=request.POST.get("read", ""),
    )
    words, shown = form.on_page_one
    if words:
        save_cover(audit=form.cover.audit, by=by, fields=words, shown=shown)
    if form.wanted:
        change_one(use_case=use_case, by=by, wanted=form.wanted)


def _say_saved(request: MemberRequest, form: DetailsForm) -> None:
    """Say that it is saved, and of a new owner what they may sign off."""
    messages.success(request, "Your changes are saved.")
    owner = form.wanted.get("owner")
    if owner and (signer := owner_who_signs(request.membership.organization, owner)):
        said = f"{signer} signs verdicts off. {_MAY_SIGN_OWN}"
        messages.warning(request, said)


_MAY_SIGN_OWN = (
    "As owner they may sign off this one too, unless they answered questions of the "
    "audit or submitted it."
)
_COVER_CHANGED = (
    "Somebody else changed this on page 1 after you opened the page. Open it again to "
    "read what it says now."
)


def _changed_meanwhile(use_case: UseCase) -> str:
    return (
        f"Somebody else changed this while your page was open: now it is "
        f"“{use_case.name}” of the team “{use_case.team}”{_tagged(use_case)}, stage "
        f"“{use_case.get_stage_display()}”, owner {use_case.owner}. Nothing was saved. "
        "Save again to replace that."
    )


def _back(request: MemberRequest, audit: Audit) -> tuple[str, UUID]:
    """Return the page from which the person came: their draft’s, or the result."""
    if not audit.is_draft:
        return "result", audit.pk
    return "check" if request.GET.get("back") == "check" else "tasks", audit.pk


def _tagged(use_case: UseCase) -> str:
    return f" with the tags {use_case.tags}" if use_case.tags else ""


def _show(
    request: MemberRequest, audit: Audit, form: DetailsForm, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "audit": audit,
        "use_case": audit.use_case,
        "nav": "use_cases",
        "form": form,
        "back": _back(request, audit)[0],
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
