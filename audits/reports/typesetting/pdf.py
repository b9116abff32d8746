"""Turns HTML into PDF: the only file that knows WeasyPrint. It needs no Django."""

from collections.abc import Collection, Mapping, Sequence
from copy import copy, deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any

from audits.reports.typesetting.branding import Branding
from audits.reports.typesetting.fitting import Fitting
from audits.reports.typesetting.giving_way import give_way, steps_of
from audits.reports.typesetting.layouts import Layout
from audits.reports.typesetting.overflow import Overflow, measured
from audits.reports.typesetting.packaged import STATIC, known_files
from audits.reports.typesetting.sheets import SPARED, STEPS, Setting, Sheet

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from weasyprint import HTML, Document

# Page 1 of a paper with charts is full, so it is tried alone before the whole.
_PAGE_ONE = "page-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file attached to a PDF, with the date for both its dates."""

    name: str
    description: str
    content: bytes
    dated: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """All inputs of a PDF: equal ones give equal bytes.

    Page 1 of one that `has_charts` is full, so it is tried alone.
    """

    html: str
    identifier: str
    dated: datetime
    has_charts: bool = False
    enclosures: tuple[Enclosure, ...] = ()
    branding: Branding = field(default_factory=Branding)


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF, and its sheets that are too long."""

    pdf: bytes
    overflows: tuple[Overflow, ...] = ()


class TooManyPages(Exception):  # noqa: N818 - what it has, not a fault
    """The paper has too many pages."""


class Typesetter:
    """Makes one paper after another, and keeps the fonts and styles in between."""

    def __init__(self) -> None:
        from weasyprint import CSS  # noqa: PLC0415 - takes a second to import
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - the same

        self._fonts = FontConfiguration()
        self._style = CSS(
            string=(STATIC / "css" / "paper.css").read_text("utf-8"),
            url_fetcher=known_files(b"", ""),
            font_config=self._fonts,
        )

    def pdf_of(self, manuscript: Manuscript, max_pages: int) -> bytes:
        """Return the paper as PDF/UA-1, or PDF/A-3a for an archive.

        Raises:
            TooManyPages: It has more than `max_pages`.
        """
        return self.printed(manuscript, max_pages).pdf

    def printed(self, manuscript: Manuscript, max_pages: int) -> Printed:
        """Return the paper, and the sheets that did not fit; nothing is cut.

        Raises:
            TooManyPages: It has more than `max_pages`.
        """
        # Only the process that makes papers needs pikepdf.
        from audits.reports.typesetting.pdf_postprocess import finish  # noqa: PLC0415

        html = _parsed(manuscript)
        sheets = [
            Sheet(str(part.get("id")), steps_of(part, SPARED), steps_of(part))
            for part in _sheets(html.etree_element)
        ]
        lay_out = partial(self._laid_out, html, manuscript.branding)
        alone = _PAGE_ONE if manuscript.has_charts else ""
        layout = Fitting(lay_out, sheets).fitted(alone)
        document = layout.document
        if len(document.pages) > max_pages:
            raise TooManyPages
        document.metadata.created = document.metadata.modified = (
            f"{manuscript.dated:%Y-%m-%dT%H:%M:%SZ}"
        )
        pdf: bytes = document.write_pdf(
            pdf_variant=manuscript.branding.variant,
            pdf_identifier=manuscript.identifier.encode(),
            attachments=_attached(manuscript.enclosures),
            finisher=_relate_attachments,
        )
        over = layout.running_over().items()
        return Printed(
            finish(pdf), tuple(measured(sheet, pages) for sheet, pages in over)
        )

    def _laid_out(
        self,
        html: "HTML",
        branding: Branding,
        found: Mapping[str, Setting],
        close: str = "",
        *,
        only: Collection[str] = (),
    ) -> Layout:
        from weasyprint import CSS  # noqa: PLC0415 - takes a second to import

        source = _copied(html)
        root = source.etree_element
        # What is on no sheet has the type of the largest.
        first = min((place for place, _ in found.values()), default=0)
        root.set("class", f"{STEPS[first]} {close}".rstrip())
        sheets = _keep(root, only)
        _set_type(root, found)
        give_way(root, {name: given for name, (_, given) in found.items()}, _PAGE_ONE)
        styles = [self._style]
        if branding.css:
            styles.append(CSS(string=branding.css))
        document = source.render(stylesheets=styles, font_config=self._fonts)
        return Layout(document, sheets, close)


def _set_type(root: "Element", found: Mapping[str, Setting]) -> None:
    """Give each sheet the step of its own type."""
    for part in next(root.iter("body")):
        if setting := found.get(part.get("id") or ""):
            part.set("class", f"one {STEPS[setting[0]]}")


def _parsed(manuscript: Manuscript) -> "HTML":
    from weasyprint import HTML  # noqa: PLC0415 - takes a second to import

    files = known_files(manuscript.branding.logo, manuscript.branding.logo_type)
    return HTML(string=manuscript.html, url_fetcher=files)


def _copied(html: "HTML") -> "HTML":
    """Return what may be changed for one layout, without parsing it again."""
    copied, root = copy(html), deepcopy(html.etree_element)
    copied.etree_element = root
    copied.wrapper_element = html.wrapper_element.from_html_root(root)
    return copied


def _sheets(root: "Element") -> list["Element"]:
    """Return the elements that must be one page each; each has an id then."""
    sheets = [x for x in next(root.iter("body")) if x.get("class") == "one"]
    for number, sheet in enumerate(sheets):
        sheet.set("id", sheet.get("id") or f"sheet-{number}")
    return sheets


def _keep(root: "Element", only: Collection[str]) -> tuple[str, ...]:
    """Return the ids of the sheets; drop all else from the body, if some are named.

    Running heads go too: they take no space.
    """
    if not only:
        return tuple(str(sheet.get("id")) for sheet in _sheets(root))
    body = next(root.iter("body"))
    for part in list(body):
        if part.get("id") not in only:
            body.remove(part)
    _fill_lost_places(body)
    return tuple(str(part.get("id")) for part in body)


def _fill_lost_places(body: "Element") -> None:
    """Put a number of two digits where the page is named of a part that is gone."""
    kept = {f"#{part.get('id')}" for part in body.iter() if part.get("id")}
    for link in body.iter("a"):
        place = link.get("href", "")
        if place.startswith("#") and place not in kept:
            del link.attrib["href"]
            if link.get("class") == "ref":
                link.text = "00"


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
    """Mark the attached files as the source of the paper.

    WeasyPrint does so in PDF/A only.
    """
    from pydyf import Array  # noqa: PLC0415 - comes with WeasyPrint

    files: list[Any] = [o for o in pdf.objects if isinstance(o, dict) and "EF" in o]
    for file in files:
        file["AFRelationship"] = "/Source"
    if files:
        pdf.catalog["AF"] = Array(file.reference for file in files)
