"""HTML to PDF: the only file that knows WeasyPrint. It needs no Django."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audits.reports.dress import LOGO, Dress

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from weasyprint import Document

# Each step sets page 1 a little tighter; the first that fits is taken.
STEPS = ("s105 air", "s105", "s100", "s95")
# What does not fit at any step runs on to a second page, and may as well be readable.
_OVERFLOWING = "s105"
_STATIC = Path(__file__).resolve().parents[2] / "static"
_PACKAGED = {"fonts": "font/woff2", "icons": "image/svg+xml"}
_SCHEME = "app://"


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that goes into a PDF, with the date that both its dates are."""

    name: str
    description: str
    content: bytes
    dated: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """All that a PDF is made of: equal ones give equal bytes."""

    html: str
    identifier: str
    dated: datetime
    enclosures: tuple[Enclosure, ...] = ()
    dress: Dress = field(default_factory=Dress)


class TooManyPages(Exception):  # noqa: N818 - what it has, not a fault
    """The paper has more pages than a paper may have."""


class Typesetter:
    """Sets one paper after another, and keeps the fonts and styles in between."""

    def __init__(self) -> None:
        from weasyprint import CSS  # noqa: PLC0415 - takes a second to import
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - the same

        self._fonts = FontConfiguration()
        self._style = CSS(
            string=(_STATIC / "css" / "paper.css").read_text("utf-8"),
            url_fetcher=known_files(b"", ""),
            font_config=self._fonts,
        )

    def pdf_of(self, manuscript: Manuscript, max_pages: int) -> bytes:
        """Return the paper as PDF/UA-1; nothing is cut to make page 1 fit.

        Raises:
            TooManyPages: It has more than `max_pages`.
        """
        # Only the process that sets papers needs pikepdf.
        from audits.reports.finishing import finish  # noqa: PLC0415

        document = self._fitted(manuscript.html, manuscript.dress)
        if len(document.pages) > max_pages:
            raise TooManyPages
        document.metadata.created = document.metadata.modified = (
            f"{manuscript.dated:%Y-%m-%dT%H:%M:%SZ}"
        )
        pdf: bytes = document.write_pdf(
            pdf_variant="pdf/ua-1",
            pdf_identifier=manuscript.identifier.encode(),
            attachments=_attached(manuscript.enclosures),
            finisher=_relate_attachments,
        )
        return finish(pdf)

    def _fitted(self, html: str, dress: Dress) -> "Document":
        """Lay the paper out at the first step at which page 1 is one page.

        Most fit at once, so the whole is tried first; then page 1 alone.
        """
        document = self._laid_out(html, dress, STEPS[0])
        if _pages_of_summary(document) == 1:
            return document
        fitting = (
            step
            for step in STEPS[1:]
            if len(self._laid_out(html, dress, step, summary_only=True).pages) == 1
        )
        return self._laid_out(html, dress, next(fitting, _OVERFLOWING))

    def _laid_out(
        self, html: str, dress: Dress, step: str, *, summary_only: bool = False
    ) -> "Document":
        from weasyprint import CSS, HTML  # noqa: PLC0415 - takes a second to import

        files = known_files(dress.logo, dress.logo_type)
        source = HTML(string=html, url_fetcher=files)
        root = source.etree_element
        root.set("class", step)
        if summary_only:
            _drop_appendix(root)
        styles = [self._style]
        if dress.css:
            styles.append(CSS(string=dress.css))
        return source.render(stylesheets=styles, font_config=self._fonts)


def _drop_appendix(root: "Element") -> None:
    body = next(root.iter("body"))
    for part in list(body):
        if any(element.get("id") == "appendix" for element in part.iter()):
            body.remove(part)


def _pages_of_summary(document: "Document") -> int:
    """Return how many pages stand before the appendix."""
    for number, page in enumerate(document.pages):
        if "appendix" in page.anchors:
            return number
    return len(document.pages)


def _attached(enclosures: Sequence[Enclosure]) -> list[Any]:
    from weasyprint import Attachment  # noqa: PLC0415 - takes a second to import

    return [
        Attachment(
            file_obj=BytesIO(file.content),
            name=file.name,
            description=file.description,
            created=file.dated,
            modified=file.dated,
        )
        for file in enclosures
    ]


def _relate_attachments(_: "Document", pdf: Any) -> None:
    """Say that the files in a paper are what it was made from.

    WeasyPrint does so in PDF/A only.
    """
    from pydyf import Array  # noqa: PLC0415 - comes with WeasyPrint

    files: list[Any] = [o for o in pdf.objects if isinstance(o, dict) and "EF" in o]
    for file in files:
        file["AFRelationship"] = "/Source"
    if files:
        pdf.catalog["AF"] = Array(file.reference for file in files)


def known_files(logo: bytes, logo_type: str) -> Any:
    """Return a fetcher of our fonts, our icons and the logo; all else is refused."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415

    class KnownFiles(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            if url == LOGO and logo:
                return URLFetcherResponse(
                    url, body=logo, headers={"Content-Type": logo_type}
                )
            file = packaged_file(url)
            if file is None:
                message = f"refused: {url}"
                raise ValueError(message)
            kind = _PACKAGED[file.parent.name]
            return URLFetcherResponse(
                url, body=file.read_bytes(), headers={"Content-Type": kind}
            )

    return KnownFiles()


def packaged_file(url: str) -> Path | None:
    """Return the packaged file a URL names, or None if it names anything else."""
    for folder in _PACKAGED:
        prefix = f"{_SCHEME}{folder}/"
        if url.startswith(prefix):
            file = _STATIC / folder / url.removeprefix(prefix)
            inside = file.resolve().parent == _STATIC / folder
            return file if inside and file.is_file() else None
    return None
