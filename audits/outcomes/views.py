"""Files about what happened after a sign-off: read, counted, removed, checked."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from audits.access.audits import signed_audit, signed_audit_for_files
from audits.access.members import MemberRequest, members_only
from audits.access.usage_uploads import usage_for_editing
from audits.evaluations.formats.recognised import SMALLER_RESULTS
from audits.limits import IMPORTS, SAVES, mark_as_refused, too_many
from audits.models import ResultsCheck
from audits.outcomes.file_page import (
    models_form,
    show_file,
    show_removal,
)
from audits.outcomes.forms import ResultsFileForm
from audits.outcomes.page import RESULTS_ID, show_outcomes
from audits.plain_forms import FileForm, why_dropped
from audits.services.answers.evidence import QuotaFull
from audits.services.read_files import outcome_files
from audits.services.read_files.newer_results import OtherNames
from audits.services.read_files.outcomes import usage_in
from audits.services.read_files.usage_uploads import StillUsed, add_usage
from audits.services.reviews import results_checks
from audits.uploads.reading.refusals import BusyError, UnreadableUploadError
from audits.usage_forms import SMALLER_USAGE, UsageFileForm

_OTHER_NAMES = (
    "No run of this file has the name of a candidate of the paper. Choose below which "
    "run each of them is, and select the file again"
)
_STEP_ASKED = (
    "A run of this file may be what the paper asked to test. Choose below which run it "
    "is, and select the file again"
)
_TWICE = (
    "A run can be one candidate only. Choose another one below, and select the file "
    "again"
)
_UNREADABLE = HTTPStatus.UNPROCESSABLE_ENTITY


@members_only
@require_http_methods(["GET", "POST"])
def outcomes(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Show what a paper said and what happened, or read a usage file."""
    if request.method == "GET":
        return show_outcomes(request, signed_audit(request.membership, audit_id))
    audit = signed_audit_for_files(request.membership, audit_id)
    refused = why_dropped(request, SMALLER_USAGE)
    form = UsageFileForm(request.POST, request.FILES, refused=refused)
    if not form.is_valid():
        return show_outcomes(request, audit, form=form, status=_UNREADABLE)
    if refusal := IMPORTS.refusal(request.user.pk):
        form.add_error(None, refusal.sentence)
        shown = show_outcomes(request, audit, form=form, status=_UNREADABLE)
        return mark_as_refused(shown, refusal)
    try:
        kept = add_usage(
            audit=audit,
            by=request.user,
            upload=form.cleaned_data["file"],
            is_synthetic=form.cleaned_data["synthetic"],
        )
    except (UnreadableUploadError, QuotaFull) as error:
        status = _refuse(form, error)
        return show_outcomes(request, audit, form=form, status=status)
    return redirect("outcome_file", audit.pk, kept.pk)


def _refuse(form: FileForm, error: Exception) -> int:
    """Let a form say why its file is not read; return the status of the answer."""
    form.add_error("file", str(error))
    if isinstance(error, BusyError):
        return HTTPStatus.SERVICE_UNAVAILABLE
    return _UNREADABLE


@members_only
@require_http_methods(["GET", "POST"])
def outcome_file(request: MemberRequest, audit_id: UUID, file_id: UUID) -> HttpResponse:
    """Show what models of a usage file say, or let them count."""
    audit = signed_audit_for_files(request.membership, audit_id)
    kept = usage_for_editing(request.membership, audit, file_id)
    usage, sent = usage_in(kept), request.POST
    form = models_form(audit, kept, usage, sent if request.method == "POST" else None)
    is_wrong = form.is_bound and not form.is_valid()
    if is_wrong or not form.is_bound or request.htmx or "show" in sent:
        return show_file(request, audit, kept, usage, form)
    if refusal := SAVES.refusal(request.user.pk):
        return mark_as_refused(too_many(request, refusal), refusal)
    said = outcome_files.count_models(
        audit=audit,
        by=request.user,
        kept=kept,
        models=form.chosen_models,
        meant=form.meant_models,
    )
    messages.success(request, " ".join([*said, "The signed audit is unchanged."]))
    return redirect("outcomes", audit.pk)


@members_only
@require_http_methods(["GET", "POST"])
def remove_outcome_file(
    request: MemberRequest, audit_id: UUID, file_id: UUID
) -> HttpResponse:
    """Ask whether to remove a usage file, or remove it with the months from it."""
    audit = signed_audit_for_files(request.membership, audit_id)
    kept = usage_for_editing(request.membership, audit, file_id)
    if request.method == "GET":
        return show_removal(request, audit, kept)
    if refusal := SAVES.refusal(request.user.pk):
        return mark_as_refused(too_many(request, refusal), refusal)
    try:
        said = outcome_files.remove_outcome_file(
            audit=audit, by=request.user, kept=kept
        )
    except StillUsed as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, " ".join([f"{kept.name} is removed.", *said]))
    return redirect("outcomes", audit.pk)


@members_only
@require_http_methods(["GET", "POST"])
def check_results(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Say by a results file whether the measured conditions hold, and keep that."""
    if request.method == "GET":  # the address of a page that told a file
        audit = signed_audit(request.membership, audit_id)
        return redirect("outcomes", audit.pk)
    audit = signed_audit_for_files(request.membership, audit_id)
    form = ResultsFileForm(
        request.POST,
        request.FILES,
        auto_id=RESULTS_ID,
        refused=why_dropped(request, SMALLER_RESULTS),
    )
    if not form.is_valid():
        return show_outcomes(request, audit, results_form=form, status=_UNREADABLE)
    if refusal := IMPORTS.refusal(request.user.pk):
        form.add_error(None, refusal.sentence)
        shown = show_outcomes(request, audit, results_form=form, status=_UNREADABLE)
        return mark_as_refused(shown, refusal)
    try:
        kept = results_checks.check_results(
            audit=audit,
            by=request.user,
            upload=form.cleaned_data["file"],
            meant=form.meant,
        )
    except OtherNames as found:
        form.ask(found.candidates, found.runs)
        why = _STEP_ASKED if found.has_steps else _OTHER_NAMES
        form.add_error("file", _TWICE if found.is_twice else why)
        return show_outcomes(request, audit, results_form=form, status=_UNREADABLE)
    except UnreadableUploadError as error:
        status = _refuse(form, error)
        return show_outcomes(request, audit, results_form=form, status=status)
    if kept.state == ResultsCheck.State.NOT_KNOWN:
        done = f"{kept.name} was read, but nothing in it could be compared."
    else:
        done = f"{kept.name} is compared."
    messages.success(request, f"{done} {kept.sentence}")
    return redirect(f"{reverse('outcomes', args=[audit.pk])}#checks")
