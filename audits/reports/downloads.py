"""How a paper or a pack is handed out once it is made."""

from pathlib import PurePath

from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import redirect

from audits.access import MemberRequest
from audits.checked_files import StorageSilent
from audits.models import BoardPack, Report
from audits.pages import storage_silent
from audits.reports.tasks import make_again
from audits.services.downloads import record_download
from audits.services.file_checks import FileLost, open_checked, problem_of


def download(
    request: MemberRequest, rendering: Report | BoardPack, name: str
) -> HttpResponseBase:
    """Answer a member with the file of a rendering, to be saved under a name.

    One that is lost is made again, if it can be; its page says so.

    Raises:
        Http404: It is not ready.
    """
    page = "pack" if isinstance(rendering, BoardPack) else "paper"
    if rendering.state != rendering.State.READY:
        if problem_of(rendering):
            return redirect(page, rendering.pk)
        message = f"This {rendering.NOUN} is not ready"
        raise Http404(message)
    ending = PurePath(str(rendering.file)).suffix
    try:
        content = open_checked(rendering)
    except StorageSilent:
        return storage_silent(request)
    except FileLost:
        make_again(rendering=rendering, by=request.user)
        return redirect(page, rendering.pk)
    record_download(
        organization=request.membership.organization,
        by=request.user,
        verb=f"{rendering.NOUN}.downloaded",
        subject=str(rendering.pk),
    )
    return FileResponse(
        content,
        as_attachment=True,
        filename=f"{name}{ending}",
        content_type=f"application/{ending.removeprefix('.')}",
        headers={"Content-Security-Policy": "sandbox"},
    )
