"""Usage files: uploaded, told, and saved as measured numbers."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from audits.access.audits import audit_for_answering, audit_for_editing
from audits.access.members import MemberRequest, members_only
from audits.access.usage_uploads import usage_for_editing
from audits.limits import IMPORTS, SAVES, mark_as_refused, too_many
from audits.models import Audit, UsageUpload
from audits.plain_forms import why_dropped
from audits.services.answers.answers import AuditLocked
from audits.services.answers.candidates import ChangedMeanwhile
from audits.services.answers.evidence import QuotaFull
from audits.services.read_files.usage_uploads import (
    add_usage,
    kept_for_others,
    save_measured,
)
from audits.services.verdicts.assessments import panel_assessment_of
from audits.uploads.reading.refusals import BusyError, UnreadableUploadError
from audits.usage.words import period
from audits.usage_forms import SMALLER_USAGE, UsageFileForm
from audits.wizard.answering import tell_locked, to_result, wizard_context
from audits.wizard.usage.effects import label_of
from audits.wizard.usage.page import UsagePage

_READ_AGAIN = (
    "You changed what counts, so nothing was saved yet. Read what would change now, "
    "then save."
)
_AS_MEASURED = "The numbers were already as the file measures them."
_CHANGED = (
    "Somebody else changed the numbers after you opened this page, so nothing was "
    "saved. Read them again, then save."
)


@members_only
@require_http_methods(["GET", "POST"])
def usage(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Show the usage files, or read one; it changes nothing before it is shown."""
    audit = _audit(request, audit_id)
    if request.method == "GET":
        if not audit.is_draft:
            return to_result(request, audit)
        return _show(request, audit, UsageFileForm())
    refused = why_dropped(request, SMALLER_USAGE)
    form = UsageFileForm(request.POST, request.FILES, refused=refused)
    refusal = IMPORTS.refusal(request.user.pk) if form.is_valid() else None
    if refusal:
        form.add_error(None, refusal.sentence)
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return mark_as_refused(_show(request, audit, form, status), refusal)
    return _read(request, audit, form)


def _read(request: MemberRequest, audit: Audit, form: UsageFileForm) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            kept = add_usage(
                audit=audit,
                by=request.user,
                upload=upload,
                is_synthetic=form.cleaned_data["synthetic"],
            )
        except AuditLocked:
            tell_locked(request, audit)
            return to_result(request, audit)
        except UnreadableUploadError as error:
            form.add_error("file", str(error))
            if isinstance(error, BusyError):
                status = HTTPStatus.SERVICE_UNAVAILABLE
        except QuotaFull as error:
            form.add_error("file", str(error))
        else:
            return redirect("usage_file", audit.pk, kept.pk)
    return _show(request, audit, form, status)


@members_only
@require_http_methods(["GET", "POST"])
def usage_file(request: MemberRequest, audit_id: UUID, file_id: UUID) -> HttpResponse:
    """Show what a usage file says and would change, or save its numbers."""
    audit = _audit(request, audit_id)
    kept = usage_for_editing(request.membership, audit, file_id)
    if not audit.is_draft:
        return to_result(request, audit)
    page = UsagePage.of(request, audit, kept)
    if page.form.is_bound and not page.form.is_valid():
        return page.render(HTTPStatus.UNPROCESSABLE_ENTITY)
    if request.method == "GET" or request.htmx or "show" in request.POST:
        return page.render()
    if request.POST.get("shown") != page.shown:
        messages.warning(request, _READ_AGAIN)
        return page.render()
    return _save(request, audit, kept, page)


def _save(
    request: MemberRequest, audit: Audit, kept: UsageUpload, page: UsagePage
) -> HttpResponse:
    """Save what the page shows, and lead to the numbers."""
    if refusal := SAVES.refusal(request.user.pk):
        return mark_as_refused(too_many(request, refusal), refusal)
    try:
        saved = save_measured(
            audit=audit,
            by=request.user,
            kept=kept,
            measured=page.measured_numbers,
            typed=page.typed,
            seen=request.POST.get("seen", ""),
            models=page.form.chosen_models,
        )
    except AuditLocked:
        tell_locked(request, audit)
        return to_result(request, audit)
    except ChangedMeanwhile:
        audit.refresh_from_db()
        messages.warning(request, _CHANGED)
        return UsagePage.of(request, audit, kept).render(HTTPStatus.CONFLICT)
    if not saved.that("saved"):
        messages.info(request, _AS_MEASURED)
    elif saved.verdict_changed:
        name = saved.assessment.named.name
        messages.success(request, f"Saved. The verdict so far is now “{name}”.")
    else:
        messages.success(request, "Saved. The verdict so far is the same.")
    return redirect("numbers", audit.pk)


def _audit(request: MemberRequest, audit_id: UUID) -> Audit:
    load = audit_for_answering if request.method == "GET" else audit_for_editing
    return load(request.membership, audit_id)


def _show(
    request: MemberRequest,
    audit: Audit,
    form: UsageFileForm,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    own = UsageUpload.objects.filter(use_case=audit.use_case_id).without_days()
    files = [*own.select_related("added_by")]
    stays = kept_for_others(audit, files)
    context = {
        **wizard_context(audit, request.user, panel_assessment_of(audit)),
        "step": "numbers",
        "form": form,
        "files": [
            {
                "kept": kept,
                "period": period(kept.first, kept.last),
                "numbers": [label_of(name) for name in kept.measured],
                "stays": kept.pk in stays,
            }
            for kept in files
        ],
    }
    return render(request, "wizard/usage/usage.html", context, status=status)
