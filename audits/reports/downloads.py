"""How a paper or a pack is handed out once it is made."""

from pathlib import PurePath

from django.http import FileResponse, Http404

from audits.models import BoardPack, Report


def download(rendering: Report | BoardPack, name: str) -> FileResponse:
    """Answer with the file of a rendering, to be saved under a name.

    Raises:
        Http404: It is not ready.
    """
    if rendering.state != rendering.State.READY:
        message = f"This {rendering.NOUN} is not ready"
        raise Http404(message)
    ending = PurePath(str(rendering.file)).suffix
    return FileResponse(
        rendering.file.open("rb"),
        as_attachment=True,
        filename=f"{name}{ending}",
        content_type=f"application/{ending.removeprefix('.')}",
        headers={"Content-Security-Policy": "sandbox"},
    )
