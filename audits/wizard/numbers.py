"""The numbers page: what the costs are made of, and what they come to."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from audits.access import MemberRequest, audit_for_editing, members_only
from audits.frameworks.progress import Progress
from audits.held_forms import held_answers, shows_held
from audits.landscape.documents import UnreadableDocumentError
from audits.landscape.tokens import TokenCount, count_document, count_tokens
from audits.limits import TOKEN_COUNTS, mark_as_refused
from audits.models import Audit
from audits.services.answers import AuditLocked, Saved, save_entries
from audits.services.assessments import panel_assessment_of
from audits.temporary_room import require_room
from audits.uploads.refusals import BusyError
from audits.wizard.answering import (
    progress_of,
    saved_context,
    to_result,
    wizard_context,
)
from audits.wizard.conflicts import show_conflicts, tell_unchanged
from audits.wizard.number_forms import NumbersForm
from audits.wizard.senders import new_tab, sender_of

_DOCUMENT_MAX = 25 * 1024 * 1024


@shows_held
@members_only
@require_http_methods(["GET", "POST"])
def numbers(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Show the numbers, or save them as they are given."""
    audit = audit_for_editing(request.membership, audit_id)
    if request.method == "GET":
        if not audit.is_draft:
            return to_result(request, audit)
        return _show(request, audit, NumbersForm(audit, held_answers(request)))
    form = NumbersForm(audit, request.POST)
    if not form.is_valid() and not request.htmx:
        return _show(request, audit, form, status=422)
    before = progress_of(audit)
    try:
        saved = save_entries(
            audit=audit, by=request.user, sent=form.sent(), sender=sender_of(request)
        )
    except AuditLocked:
        return to_result(request, audit)
    if request.htmx:
        return _saved(request, form, saved, before)
    if saved.that("conflict"):
        return show_conflicts(request, saved.audit, status=409)
    tell_unchanged(request, saved)
    if "later" in request.POST:
        return redirect("tasks", audit.pk)
    return redirect("numbers" if "stay" in request.POST else "check", audit.pk)


@members_only
@require_POST
def tokens(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Count the tokens of a pasted text or a document; nothing of it is kept."""
    audit = audit_for_editing(request.membership, audit_id)
    if not audit.is_draft:
        return to_result(request, audit)
    count, problem = None, ""
    refusal = TOKEN_COUNTS.refusal(request.user.pk)
    try:
        count = None if refusal else _count(request)
    except BusyError as error:
        problem = str(error)
    except UnreadableDocumentError as error:
        problem = f"It could not be counted: {error}"
    context: dict[str, Any] = {
        "count": count,
        "count_problem": refusal.sentence if refusal else problem,
        "text": request.POST.get("text", ""),
        "token_tab": new_tab(),
        "targets": [row for row in NumbersForm(audit).rows if row["unit"] == "tokens"],
    }
    if request.htmx:
        response = render(request, "wizard/tokens.html", {**context, "audit": audit})
    else:
        response = _show(request, audit, NumbersForm(audit), **context)
    return mark_as_refused(response, refusal) if refusal else response


def _count(request: MemberRequest) -> TokenCount:
    document = request.FILES.get("document")
    require_room(request)
    if document is None:
        text = request.POST.get("text", "")
        if not text.strip():
            message = "paste a text, or choose a file"
            raise UnreadableDocumentError(message)
        return count_tokens(text)
    if document.size is None or document.size > _DOCUMENT_MAX:
        message = "the file must be 25 MB or smaller"
        raise UnreadableDocumentError(message)
    return count_document(document)


def _show(
    request: MemberRequest,
    audit: Audit,
    form: NumbersForm,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        **wizard_context(audit, request.user, panel_assessment_of(audit)),
        "form": form,
        "tab": new_tab(),
        "step": "numbers",
        **more,
    }
    return render(request, "wizard/numbers.html", context, status=status)


def _saved(
    request: MemberRequest, form: NumbersForm, saved: Saved, before: Progress
) -> HttpResponse:
    now = NumbersForm(saved.audit)
    moved = {item for _, item in saved.that("kept")}
    context = {
        **saved_context(request, saved, before, form),
        "rows": now.rows,
        "moved": [row for row in now.rows if row["field"].name in moved],
        "nav_changed": True,
        "step": "numbers",
    }
    return render(request, "wizard/numbers_saved.html", context)
