"""Paper to PDF: the only file that knows WeasyPrint."""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.loader import render_to_string

from audits.reports.context import Paper

if TYPE_CHECKING:
    from weasyprint import Document

# Each step sets page 1 a little tighter; the first that fits is taken.
STEPS = ("s105 air", "s105", "s100", "s95")
_PACKAGED = {"fonts": "font/woff2", "icons": "image/svg+xml"}
_SCHEME = "app://"


def render_paper(paper: Paper) -> bytes:
    """Return the paper as PDF/UA-1; equal papers give equal bytes.

    If page 1 does not fit at the tightest step it runs on; nothing is cut.
    """
    document = _lay_out(to_html(paper, STEPS[0]))
    for step in STEPS[1:]:
        if _pages_of_summary(document) == 1:
            break
        document = _lay_out(to_html(paper, step))
    pdf: bytes = document.write_pdf(
        pdf_variant="pdf/ua-1",
        pdf_identifier=paper.reference.encode(),
        attachments=[_attached(paper)],
        finisher=_relate_attachments,
    )
    return pdf


def to_html(paper: Paper, step: str) -> str:
    """Return the paper as HTML, set at one of the steps."""
    return render_to_string("reports/board.html", {"paper": paper, "step": step})


def _attached(paper: Paper) -> Any:
    """Return the paper's file with the dates it has; without them it would get now."""
    from weasyprint import Attachment  # noqa: PLC0415 - takes a second to import

    file = paper.attachment
    return Attachment(
        file_obj=BytesIO(file.content),
        name=file.name,
        description=file.description,
        created=file.dated,
        modified=file.dated,
    )


def _relate_attachments(_: "Document", pdf: Any) -> None:
    """Say that the files in a paper are what it was made from.

    WeasyPrint does so in PDF/A only.
    """
    from pydyf import Array  # noqa: PLC0415 - comes with WeasyPrint

    files: list[Any] = [o for o in pdf.objects if isinstance(o, dict) and "EF" in o]
    for file in files:
        file["AFRelationship"] = "/Source"
    pdf.catalog["AF"] = Array(file.reference for file in files)


def _lay_out(html: str) -> "Document":
    from weasyprint import CSS, HTML  # noqa: PLC0415 - takes a second to import
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - the same

    fetcher, fonts = _packaged_files(), FontConfiguration()
    style = (Path(settings.BASE_DIR) / "static" / "css" / "paper.css").read_text()
    css = CSS(string=style, url_fetcher=fetcher, font_config=fonts)
    return HTML(string=html, url_fetcher=fetcher).render(
        stylesheets=[css], font_config=fonts
    )


def _pages_of_summary(document: "Document") -> int:
    """Return how many pages stand before the appendix."""
    for number, page in enumerate(document.pages):
        if "appendix" in page.anchors:
            return number
    return len(document.pages)


@cache
def _packaged_files() -> Any:
    """Return a fetcher that knows our fonts and icons and refuses all else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class PackagedFiles(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            file = packaged_file(url)
            if file is None:
                message = f"refused: {url}"
                raise ValueError(message)
            kind = _PACKAGED[file.parent.name]
            return URLFetcherResponse(
                url, body=file.read_bytes(), headers={"Content-Type": kind}
            )

    return PackagedFiles()


def packaged_file(url: str) -> Path | None:
    """Return the packaged file a URL names, or None if it names anything else."""
    static = Path(settings.BASE_DIR) / "static"
    for folder in _PACKAGED:
        prefix = f"{_SCHEME}{folder}/"
        if url.startswith(prefix):
            file = static / folder / url.removeprefix(prefix)
            inside = file.resolve().parent == (static / folder).resolve()
            return file if inside and file.is_file() else None
    return None
