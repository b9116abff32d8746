"""The inputs of the costs, known and assumed, on two pages, and the costs."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from audits.access.audits import audit_for_answering, audit_for_editing
from audits.access.members import MemberRequest, members_only
from audits.frameworks.answering.progress import Progress
from audits.held_forms import held_answers, held_form_of, shows_held
from audits.landscape.token_margin import TokenCount, with_margin
from audits.limits import SAVES, TOKEN_COUNTS, mark_as_refused
from audits.models import Audit, User
from audits.scoring import Assessment
from audits.scoring.money.of_assessment import is_plan_missing
from audits.scoring.money.states import plan_state
from audits.scoring.numbers.currency import KEY
from audits.scoring.pricing.gpu_kinds import KEY as GPU
from audits.scoring.proposals.proposal_words import worded
from audits.services.answers.answers import AuditLocked, Saved, save_entries
from audits.services.read_files.seen_months import seen_beside
from audits.services.read_files.usage_doubts import usage_doubts
from audits.services.verdicts.assessments import panel_assessment_of
from audits.temporary_room import require_room
from audits.uploads.documents.text import UnreadableDocumentError
from audits.uploads.documents.tokens import count_document, count_text
from audits.uploads.reading.refusals import BusyError
from audits.wizard.answering import (
    not_saved,
    progress_of,
    saved_context,
    tell_held,
    tell_locked,
    to_result,
    wizard_context,
)
from audits.wizard.conflicts import show_conflicts, tell_rest_saved, tell_unchanged
from audits.wizard.forms.assumption_forms import AssumptionsForm
from audits.wizard.forms.entered_numbers import EnteredNumbers
from audits.wizard.forms.number_forms import NumbersForm
from audits.wizard.forms.senders import new_tab, sender_of
from audits.wizard.pages import first_open
from audits.wizard.shown_again import number_versions, numbers_again
from audits.wizard.usage.effects import sources_in_words
from audits.written_fields.notations import notation_of

_DOCUMENT_MAX = 25 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of numbers: its address and templates, its form, the page after it."""

    name: str
    form: type[EnteredNumbers]
    after: str


_NUMBERS = _Page("numbers", NumbersForm, "check")
_ASSUMPTIONS = _Page("assumptions", AssumptionsForm, "numbers")


@shows_held
@members_only
@require_http_methods(["GET", "POST"])
def numbers(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Show the numbers of a use case, or save them."""
    return _shown_or_saved(request, audit_id, _NUMBERS)


@shows_held
@members_only
@require_http_methods(["GET", "POST"])
def assumptions(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Show what is assumed about its costs, or save what replaces it."""
    return _shown_or_saved(request, audit_id, _ASSUMPTIONS)


def _shown_or_saved(
    request: MemberRequest, audit_id: UUID, page: _Page
) -> HttpResponse:
    load = audit_for_answering if request.method == "GET" else audit_for_editing
    audit = load(request.membership, audit_id)
    audit.organization = request.membership.organization
    if request.method == "GET":
        if not audit.is_draft:
            return to_result(request, audit)
        held = held_answers(request)
        if held is not None:
            tell_held(request)
        form = page.form(audit, held, notation_of(request, held))
        return _show(request, page, form)
    is_whole = not request.htmx and "later" not in request.POST
    notation = notation_of(request)
    form = page.form(audit, request.POST, notation, is_whole=is_whole)
    form.is_valid()
    if refusal := SAVES.refusal(request.user.pk):
        return not_saved(request, refusal, lambda: _show(request, page, form))
    before = progress_of(audit)
    try:
        saved = save_entries(
            audit=audit, by=request.user, sent=form.sent(), sender=sender_of(request)
        )
    except AuditLocked:
        tell_locked(request, audit)
        if form.errors and not request.htmx:
            return _show(request, page, form, status=422)
        return to_result(request, audit)
    if request.htmx:
        return _saved(request, page, form, saved, before)
    return _go_on(request, page, form, saved)


def _go_on(
    request: MemberRequest, page: _Page, form: EnteredNumbers, saved: Saved
) -> HttpResponse:
    """Redirect to the next page, unless something must be corrected or chosen."""
    audit = saved.audit
    if form.errors:
        tell_rest_saved(request, saved)
        data = numbers_again(request.POST, form, saved)
        again = page.form(audit, data, form.notation, is_whole=True)
        return _show(request, page, again, status=422)
    if saved.that("conflict"):
        back = reverse(page.name, args=(audit.pk,))
        return show_conflicts(request, audit, status=409, back=back)
    tell_unchanged(request, saved)
    if "later" in request.POST:
        messages.success(request, "All is saved.")
        return redirect("tasks", audit.pk)
    if "stay" in request.POST:
        return redirect(page.name, audit.pk)
    return redirect(_after(page, audit, request.user))


def _after(page: _Page, audit: Audit, by: User) -> str:
    """Return where to go once a page is saved: to no check while more can change it."""
    if page.after == "check" and panel_assessment_of(audit).open_questions:
        return first_open(audit, by)
    return reverse(page.after, args=(audit.pk,))


@members_only
@require_POST
def tokens(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Count the tokens of a pasted text or a document; nothing of it is stored."""
    audit = audit_for_editing(request.membership, audit_id)
    audit.organization = request.membership.organization
    if not audit.is_draft:
        return to_result(request, audit)
    count, problem = None, ""
    refusal = TOKEN_COUNTS.refusal(request.user.pk)
    try:
        count = None if refusal else _count(request)
    except BusyError as error:
        problem = str(error)
    except UnreadableDocumentError as error:
        problem = f"The text could not be counted: {error}"
    context: dict[str, Any] = {
        "count": count,
        "count_problem": refusal.sentence if refusal else problem,
        "text": request.POST.get("text", ""),
        "token_tab": new_tab(),
        "targets": [row for row in NumbersForm(audit).rows if row["unit"] == "tokens"],
    }
    if request.htmx:
        tokens = {**context, "audit": audit}
        response = render(request, "wizard/numbers/tokens.html", tokens)
    else:
        form = NumbersForm(audit, notation=notation_of(request))
        response = _show(request, _NUMBERS, form, **context)
    return mark_as_refused(response, refusal) if refusal else response


def _count(request: MemberRequest) -> TokenCount:
    document = request.FILES.get("document")
    require_room(request)
    if document is None:
        text = request.POST.get("text", "")
        if not text.strip():
            message = "paste a text, or choose a file"
            raise UnreadableDocumentError(message)
        return with_margin(count_text(text))
    if document.size is None or document.size > _DOCUMENT_MAX:
        message = "the file must be 25 MB or smaller"
        raise UnreadableDocumentError(message)
    return with_margin(count_document(document))


def _show(
    request: MemberRequest,
    page: _Page,
    form: EnteredNumbers,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    audit = form.audit
    context = {
        **wizard_context(audit, request.user, panel_assessment_of(audit)),
        "form": form,
        "tab": new_tab(),
        "held_form": held_form_of(request),
        "step": "numbers",
        **more,
    }
    context["offer"] = worded(context["assessment"].proposal)
    context |= _beside(audit, context["assessment"])
    form.against, form.sources = context["contradictions"], sources_in_words(audit)
    template = f"wizard/numbers/{page.name}.html"
    return render(request, template, context, status=status)


def _beside(audit: Audit, assessment: Assessment) -> dict[str, Any]:
    """Return what the stage and the months of a use case say of its numbers."""
    state = plan_state(audit.use_case.stage)
    return {
        "seen_months": seen_beside(audit, assessment),
        "usage_doubts": usage_doubts(audit),
        "is_plan_missing": is_plan_missing(assessment, state),
    }


def _saved(
    request: MemberRequest,
    page: _Page,
    form: EnteredNumbers,
    saved: Saved,
    before: Progress,
) -> HttpResponse:
    now = form.now(saved.audit)
    moved = {item for _, item in saved.that("kept")}
    again = moved | _of_another_gpu(saved)
    if KEY in moved:  # what the page holds is read in the currency that counts
        sent = request.POST.copy()
        sent[KEY] = now.currency
        form = page.form(saved.audit, sent, form.notation)
        form.is_valid()
    context = saved_context(request, saved, before, form)
    form.against = now.against = context["contradictions"]
    form.sources = now.sources = sources_in_words(saved.audit)
    context |= {
        "versions": number_versions(form, now, saved),
        "moved": [row for row in now.rows if row["field"].name in again],
        "form": form,
        "sent": [row for row in form.rows if row["field"].name not in again],
        "nav_changed": True,
        "offer": worded(saved.assessment.proposal),
        **_beside(saved.audit, saved.assessment),
        "step": "numbers",
    }
    return render(request, f"wizard/numbers/{page.name}_saved.html", context)


def _of_another_gpu(saved: Saved) -> set[str]:
    """Return the numbers of which something else is assumed on the GPU just chosen."""
    is_chosen = ("number", GPU) in saved.that("saved")
    return {"gpu_hour", "gpu_tokens_per_second"} if is_chosen else set()
