"""Downloads of what a paper or a pack says as slides and as a document."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET

from audits.access.members import MemberRequest, members_only
from audits.access.papers import pack_for_viewing, report_for_viewing
from audits.limits import DOWNLOADS, limited
from audits.models import BoardPack, Report
from audits.office.decks import pack_slides, paper_slides
from audits.office.documents import paper_document
from audits.office.told import Source, Told, from_json
from audits.services.record.downloads import record_download

_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_TYPES = {
    "pptx": f"{_OPEN_XML}.presentationml.presentation",
    "docx": f"{_OPEN_XML}.wordprocessingml.document",
}


@members_only
@require_GET
@limited(DOWNLOADS)
def slides_of_paper(request: MemberRequest, report_id: UUID) -> HttpResponse:
    report = report_for_viewing(request.membership, report_id)
    return _sent(request, report, "pptx", _paper_name(report), paper_slides)


@members_only
@require_GET
@limited(DOWNLOADS)
def document_of_paper(request: MemberRequest, report_id: UUID) -> HttpResponse:
    report = report_for_viewing(request.membership, report_id)
    return _sent(request, report, "docx", _paper_name(report), paper_document)


@members_only
@require_GET
@limited(DOWNLOADS)
def slides_of_pack(request: MemberRequest, pack_id: UUID) -> HttpResponse:
    pack = pack_for_viewing(request.membership, pack_id)
    day = timezone.localdate(pack.frozen_at)
    return _sent(request, pack, "pptx", f"board-pack-{day}", pack_slides)


def _paper_name(report: Report) -> str:
    moment = timezone.localtime(report.requested_at)
    return f"{report.audit.use_case.reference}-board-{moment:%Y-%m-%d-%H%M}"


def _sent(
    request: MemberRequest,
    job: Report | BoardPack,
    kind: str,
    name: str,
    make: Callable[[Told, Source], bytes],
) -> HttpResponse:
    """Make a file of what a finished paper or pack says, and send it.

    Raises:
        Http404: It is not ready, or has no slides.
    """
    if job.state == job.State.EXPIRED:
        return redirect("pack", job.pk)
    if job.state != job.State.READY or not job.told:
        message = f"This {job.NOUN} has no such file"
        raise Http404(message)
    content = make(from_json(job.told), _source(job))
    record_download(
        organization=request.membership.organization,
        by=request.user,
        verb=f"{job.NOUN}.downloaded",
        subject=str(job.pk),
        kind=kind,
    )
    return HttpResponse(
        content,
        content_type=_TYPES[kind],
        headers={
            "Content-Disposition": f'attachment; filename="{name}.{kind}"',
            "Content-Security-Policy": "sandbox",
        },
    )


def _source(job: Report | BoardPack) -> Source:
    """Return the day of the PDF, and the speaker's notes, which name it."""
    is_pack = isinstance(job, BoardPack)
    notes = render_to_string(
        "reports/office_notes.txt", {"job": job, "is_pack": is_pack}
    )
    return Source(dated=_day(job), notes=notes.strip(), digest=job.digest)


def _day(job: Report | BoardPack) -> datetime:
    return job.finished_at or job.requested_at
