"""Evidence behind an answer: add, view, download and remove it."""

from contextlib import suppress
from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from audits.access.audits import audit_for_editing, audit_for_viewing
from audits.access.evidence import (
    evidence_for_editing,
    evidence_for_viewing,
    proof_for_viewing,
)
from audits.access.members import MemberRequest, members_only
from audits.checked_files import StorageSilent
from audits.evidence.forms import EvidenceForm
from audits.frameworks.questions import Question
from audits.held_forms import held_as
from audits.limits import DOWNLOADS, EVIDENCE, limited, mark_as_refused
from audits.models import Audit, Evidence, ProofFile, RemovedEvidence
from audits.models.evidence import MOST_SHOWN
from audits.pages import storage_silent
from audits.services.answers.answers import AuditLocked
from audits.services.answers.evidence import (
    NOT_STORED,
    AlreadyThere,
    NotStored,
    QuotaFull,
    add_file,
    add_link,
    take_for_this_answer,
)
from audits.services.answers.evidence import remove_evidence as take_away
from audits.services.files.file_checks import FileLost, open_checked
from audits.services.read_files.measured_answers import measured_answer
from audits.services.record.downloads import record_download
from audits.services.verdicts.assessments import framework_of
from audits.temporary_room import NO_ROOM
from audits.uploads import handler as upload_handler
from audits.uploads.attachments.contents import RefusedUploadError, too_large
from audits.uploads.attachments.links import RefusedLinkError
from audits.uploads.reading.refusals import BusyError

# If somebody opens a file by mistake, it can run nothing and fetch nothing.
_SANDBOX = "default-src 'none'; sandbox"


@held_as("A link or a file for an answer")
@members_only
@require_http_methods(["GET", "POST"])
def add_evidence(request: MemberRequest, audit_id: UUID, question: str) -> HttpResponse:
    if request.method == "GET":
        audit = audit_for_viewing(request.membership, audit_id)
        return _render(request, audit, _asked(audit, question), EvidenceForm())
    audit = audit_for_editing(request.membership, audit_id)
    asked = _asked(audit, question)
    dropped = upload_handler.dropped_file(request)
    form = EvidenceForm(request.POST, request.FILES, refused=_words_for(dropped))
    if not audit.is_draft:
        return _render(request, audit, asked, form, HTTPStatus.CONFLICT)
    if form.is_valid() and (refusal := EVIDENCE.refusal(request.user.pk)):
        form.add_error(None, refusal.sentence)
        return mark_as_refused(_render(request, audit, asked, form), refusal)
    try:
        if form.is_valid() and _added(request, audit, asked, form):
            return redirect("add_evidence", audit.pk, asked.id)
    except AuditLocked:
        audit.refresh_from_db()
        return _render(request, audit, asked, form, HTTPStatus.CONFLICT)
    except BusyError as error:
        form.add_error("file", str(error))
        return _render(request, audit, asked, form, HTTPStatus.SERVICE_UNAVAILABLE)
    return _render(request, audit, asked, form, _status_for(dropped))


@members_only
@require_GET
@limited(DOWNLOADS)
def evidence_file(request: MemberRequest, evidence_id: UUID) -> HttpResponseBase:
    """Send a file as a download, never shown under the site's own name."""
    evidence = evidence_for_viewing(request.membership, evidence_id)
    if not evidence.file:
        message = "This evidence is a link"
        raise Http404(message)
    return _download(request, evidence, "evidence.downloaded")


@members_only
@require_GET
@limited(DOWNLOADS)
def proof_file(request: MemberRequest, file_id: UUID) -> HttpResponseBase:
    """Send the file of minutes or of a proof, in the same way."""
    proof = proof_for_viewing(request.membership, file_id)
    return _download(request, proof, "proof.downloaded")


def _download(
    request: MemberRequest, evidence: Evidence | ProofFile, verb: str
) -> HttpResponseBase:
    try:
        content = open_checked(evidence)
    except StorageSilent:
        return storage_silent(request)
    except FileLost as lost:
        context = {"evidence": evidence, "state": lost.state, "nav": "use_cases"}
        status = HTTPStatus.NOT_FOUND
        return render(request, "evidence/missing.html", context, status=status)
    record_download(
        organization=request.membership.organization,
        by=request.user,
        verb=verb,
        subject=str(evidence.pk),
    )
    is_text = evidence.media_type.startswith("text/")
    return FileResponse(
        content,
        as_attachment=True,
        filename=evidence.name,
        content_type=evidence.media_type + ("; charset=utf-8" if is_text else ""),
        headers={"Content-Security-Policy": _SANDBOX},
    )


@members_only
@require_POST
def remove_evidence(request: MemberRequest, evidence_id: UUID) -> HttpResponse:
    evidence = evidence_for_editing(request.membership, evidence_id)
    with suppress(AuditLocked):  # the page says so
        take_away(evidence=evidence, by=request.user)
    return redirect("add_evidence", evidence.audit_id, evidence.question)


@members_only
@require_POST
def take_evidence(request: MemberRequest, evidence_id: UUID) -> HttpResponse:
    """Take what was given for the earlier answer for the current one."""
    evidence = evidence_for_editing(request.membership, evidence_id)
    with suppress(AuditLocked):  # the page says so
        take_for_this_answer(evidence=evidence, by=request.user)
    return redirect("add_evidence", evidence.audit_id, evidence.question)


def _asked(audit: Audit, question: str) -> Question:
    asked = framework_of(audit).question_by_id.get(question)
    if asked is None:
        message = "No such question"
        raise Http404(message)
    return asked


def _status_for(dropped: str | None) -> HTTPStatus:
    if dropped == upload_handler.TOO_LARGE:
        return HTTPStatus.CONTENT_TOO_LARGE
    if dropped == NO_ROOM:
        return HTTPStatus.SERVICE_UNAVAILABLE
    return HTTPStatus.UNPROCESSABLE_CONTENT


def _words_for(dropped: str | None) -> str | None:
    if dropped is None:
        return None
    if dropped == upload_handler.TOO_LARGE:
        return too_large(settings.EVIDENCE_MAX_BYTES)
    return NOT_STORED


def _added(
    request: MemberRequest, audit: Audit, asked: Question, form: EvidenceForm
) -> bool:
    """Add what the form has; if it is refused, the form says why."""
    fields = form.cleaned_data
    try:
        if upload := fields["file"]:
            add_file(audit=audit, by=request.user, question=asked.id, upload=upload)
        else:
            link, name = fields["link"], fields["link_name"]
            add_link(
                audit=audit, by=request.user, question=asked.id, link=link, name=name
            )
    except RefusedLinkError as error:
        form.add_error("link", str(error))
    except (RefusedUploadError, AlreadyThere, QuotaFull, NotStored) as error:
        form.add_error("file" if upload else "link", str(error))
    return form.is_valid()


def _render(
    request: MemberRequest,
    audit: Audit,
    asked: Question,
    form: EvidenceForm,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "audit": audit,
        "nav": "use_cases",
        "use_case": audit.use_case,
        "question": asked,
        "evidence": Evidence.objects.behind(audit, asked.id),
        "measured": measured_answer(audit, asked.id),
        "page": Paginator(
            RemovedEvidence.objects.behind(audit, asked.id), MOST_SHOWN
        ).get_page(request.GET.get("page")),
        "may_edit": request.membership.may_contribute and audit.is_draft,
        "form": form,
        "too_late": status == HTTPStatus.CONFLICT,
    }
    return render(request, "evidence/add.html", context, status=status)
