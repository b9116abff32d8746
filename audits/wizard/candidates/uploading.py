"""A results file is uploaded, together with what candidates must reach."""

from http import HTTPStatus
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from audits.access.members import MemberRequest, members_only
from audits.access.results_files import check_for_taking
from audits.evaluations.formats.recognised import SMALLER_RESULTS
from audits.limits import IMPORTS, mark_as_refused, too_many
from audits.models import Audit, ResultsFile
from audits.plain_forms import why_dropped
from audits.services.answers.answers import AuditLocked
from audits.services.answers.candidates import (
    ChangedMeanwhile,
    has_results_files,
    save_candidates,
    with_target,
)
from audits.services.answers.evidence import QuotaFull
from audits.services.read_files.results_files import add_checked, add_results
from audits.uploads.reading.refusals import BusyError, UnreadableUploadError
from audits.wizard.answering import tell_locked, to_result
from audits.wizard.candidates.forms import ResultsForm, TargetForm
from audits.wizard.candidates.views import CHANGED, candidates_audit, show_candidates
from audits.wizard.forms.senders import sender_of
from audits.written_fields.notations import notation_of

_UNREADABLE = HTTPStatus.UNPROCESSABLE_ENTITY


@members_only
@require_http_methods(["GET", "POST"])
def upload_results(request: MemberRequest, audit_id: UUID) -> HttpResponse:
    """Read a results file; what it says is shown before it changes anything.

    The target beside it is saved with it, so that the file is compared with what the
    page says.
    """
    audit = candidates_audit(request, audit_id)
    if request.method == "GET":  # the address of a page that said what was wrong
        return redirect("candidates", audit.pk)
    refused = why_dropped(request, SMALLER_RESULTS)
    form = ResultsForm(request.POST, request.FILES, refused=refused)
    target = _target_sent(request, audit)
    if not form.is_valid() or (target and not target.is_valid()):
        return _refused(request, audit, form, target)
    if refusal := IMPORTS.refusal(request.user.pk):
        form.add_error(None, refusal.sentence)
        return mark_as_refused(_refused(request, audit, form, target), refusal)
    try:
        is_first = not has_results_files(audit)
        kept = add_results(
            audit=audit, by=request.user, upload=form.cleaned_data["file"]
        )
        if target and target.has_changed():
            _save_target(request, audit, target, is_first=is_first)
    except AuditLocked:
        tell_locked(request, audit)
        return to_result(request, audit)
    except ChangedMeanwhile:
        audit.refresh_from_db()
        messages.warning(request, CHANGED)
        return _refused(request, audit, form, target, HTTPStatus.CONFLICT)
    except (UnreadableUploadError, QuotaFull) as error:
        form.add_error("file", str(error))
        is_busy = isinstance(error, BusyError)
        status = HTTPStatus.SERVICE_UNAVAILABLE if is_busy else _UNREADABLE
        return _refused(request, audit, form, target, status)
    return redirect(_told_at(audit, kept, form.cleaned_data["kind"]))


@members_only
@require_POST
def take_checked_results(
    request: MemberRequest, audit_id: UUID, results_check_id: UUID
) -> HttpResponse:
    """Keep what was read of a file that contradicted the verdict, and tell it."""
    audit = candidates_audit(request, audit_id)
    check = check_for_taking(request.membership, audit, results_check_id)
    if refusal := IMPORTS.refusal(request.user.pk):
        return too_many(request, refusal)
    try:
        kept = add_checked(audit=audit, by=request.user, check=check)
    except AuditLocked:
        tell_locked(request, audit)
        return to_result(request, audit)
    except QuotaFull as error:
        messages.warning(request, str(error))
        return redirect("tasks", audit.pk)
    return redirect("results", audit.pk, kept.pk)


def _target_sent(request: MemberRequest, audit: Audit) -> TargetForm | None:
    """Return the target beside the file; None if none was asked for."""
    if "share" not in request.POST:
        return None
    return TargetForm(audit.given_candidates, request.POST, notation_of(request))


def _save_target(
    request: MemberRequest, audit: Audit, form: TargetForm, *, is_first: bool
) -> None:
    save_candidates(
        audit=audit,
        by=request.user,
        change=with_target(form.wanted()),
        seen=request.POST.get("seen", ""),
        is_first_file=is_first,
        sender=sender_of(request),
    )


def _refused(
    request: MemberRequest,
    audit: Audit,
    form: ResultsForm,
    target: TargetForm | None,
    status: int = _UNREADABLE,
) -> HttpResponse:
    """Say what is wrong, and keep the target that was typed."""
    return show_candidates(request, audit, status, form=target, results_form=form)


def _told_at(audit: Audit, kept: ResultsFile, kind: str) -> str:
    """Return the address that tells what a file says, with what it is said to be."""
    query = f"?{urlencode({'kind': kind})}" if kind else ""
    there = reverse("results", args=[audit.pk, kept.pk])
    return f"{there}{query}"
