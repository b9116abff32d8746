"""Downloads of finished papers and packs."""

from pathlib import PurePath
from typing import IO

from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from audits.access.members import MemberRequest
from audits.checked_files import StorageSilent
from audits.models import BoardPack, Report
from audits.pages import storage_silent
from audits.reports.tasks import make_again
from audits.services.files.file_checks import FileLost, open_checked, problem_of
from audits.services.record.downloads import record_download


def download(request: MemberRequest, job: Report | BoardPack) -> HttpResponseBase:
    """Send a member the file of a job as a download.

    A lost file is made again if possible; its page says so.

    Raises:
        Http404: It is not ready.
    """
    page = "pack" if isinstance(job, BoardPack) else "paper"
    if job.state != job.State.READY:
        if job.state == job.State.EXPIRED or problem_of(job):
            return redirect(page, job.pk)
        message = f"This {job.NOUN} is not ready"
        raise Http404(message)
    try:
        content = open_checked(job)
    except StorageSilent:
        return storage_silent(request)
    except FileLost:
        make_again(job=job, by=request.user)
        return redirect(page, job.pk)
    record_download(
        organization=request.membership.organization,
        by=request.user,
        verb=f"{job.NOUN}.downloaded",
        subject=str(job.pk),
    )
    return sent(job, content)


def name_of(job: Report | BoardPack) -> str:
    """Return the name of the file of a job, without its ending."""
    if isinstance(job, BoardPack):
        return f"board-pack-{timezone.localdate(job.frozen_at)}"
    moment = timezone.localtime(job.requested_at)
    kind = "annex" if job.kind == Report.Kind.ANNEX else "board"
    return f"{job.audit.use_case.reference}-{kind}-{moment:%Y-%m-%d-%H%M}"


def sent(job: Report | BoardPack, content: IO[bytes]) -> HttpResponseBase:
    """Return the checked content of the file of a job as a download."""
    ending = PurePath(str(job.file)).suffix
    return FileResponse(
        content,
        as_attachment=True,
        filename=f"{name_of(job)}{ending}",
        content_type=f"application/{ending.removeprefix('.')}",
        headers={"Content-Security-Policy": "sandbox"},
    )
