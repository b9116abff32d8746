"""How a paper or a pack is handed out once it is made."""

from pathlib import PurePath

from django.http import FileResponse, Http404

from audits.access import MemberRequest
from audits.models import BoardPack, Report
from audits.services.downloads import record_download


def download(
    request: MemberRequest, rendering: Report | BoardPack, name: str
) -> FileResponse:
    """Answer a member with the file of a rendering, to be saved under a name.

    Raises:
        Http404: It is not ready.
    """
    if rendering.state != rendering.State.READY:
        message = f"This {rendering.NOUN} is not ready"
        raise Http404(message)
    ending = PurePath(str(rendering.file)).suffix
    content = rendering.file.open("rb")
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
