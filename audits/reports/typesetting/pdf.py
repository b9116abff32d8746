"""Turns HTML into PDF: the only file that knows WeasyPrint. It needs no Django."""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from copy import copy, deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from audits.reports.typesetting.branding import Branding
from audits.reports.typesetting.giving_way import give_way, steps_of
from audits.reports.typesetting.overflow import Overflow, filled, measured
from audits.reports.typesetting.packaged import STATIC, known_files

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from weasyprint import HTML, Document

# Each step makes page 1 a little smaller; the first that fits is used. In a pack every
# decision has a page 1, and all use the smallest step that any of them needs.
STEPS = ("s105 air", "s105", "s100", "s95", "s95 close", "s95 tight")
# From here on, Attune's own words give way, one kind after another, before type is set
# closer. Those of a higher kind are needed to vote, and do so at the last step alone.
_GIVING = STEPS.index("s95")
_SPARED = 5
# A page that does not fit without them either runs on, whole and at a readable size.
_OVERFLOWING = STEPS.index("s105")
# Page 1 of a paper with charts is tried alone where words begin to give way. It takes
# these shares of that before, by a few percent; a wrong guess only costs time.
_SHARES = (1.21, 1.12, 1.055, 1.0)
# The id of the element after the last sheet.
APPENDIX_PAGES = 5
_REST = "appendix"
_PAGE_ONE = "page-1"
_OVERVIEW = "overview"
_TIGHTER = ("snug", "snugger")
# The overview of a pack is set tighter if its last page is less full than this.
_SPARSE = 0.3
NOTHING_GIVEN: Mapping[str, int] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file attached to a PDF, with the date for both its dates."""

    name: str
    description: str
    content: bytes
    dated: datetime


@dataclass(frozen=True, slots=True)
class Layout:
    """A paper laid out, and the ids of the elements that must be one page each."""

    document: "Document"
    sheets: tuple[str, ...]
    step: str

    def running_over(self) -> dict[str, list[Any]]:
        """Return the pages of the sheets with more than one."""
        pages = list(self.document.pages)
        first: dict[str, int] = {}
        for number, page in reversed(list(enumerate(pages))):
            first |= {i: number for i in (*self.sheets, _REST) if i in page.anchors}
        ends = sorted([*first.values(), len(pages)])
        taken = {
            sheet: pages[start : next(end for end in ends if end > start)]
            for sheet, start in first.items()
            if sheet in self.sheets
        }
        return {sheet: of for sheet, of in taken.items() if len(of) > 1}

    def appendix_pages(self) -> int:
        """Return how many pages the appendix takes; 0 if there is none."""
        pages = self.document.pages
        starts = (n for n, page in enumerate(pages) if _REST in page.anchors)
        return len(pages) - next(starts, len(pages))

    def sparse_overview(self) -> int:
        """Return how many pages an overview takes whose last is all but empty, or 0."""
        pages, after = self.document.pages, {*self.sheets, _REST}
        ends = (n for n, page in enumerate(pages) if not after.isdisjoint(page.anchors))
        number = next(ends, len(pages))
        share = filled(_OVERVIEW, pages[number - 1 : number])
        return number if number > 1 and 0 < share < _SPARSE else 0


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

        fitted = self._charted if manuscript.has_charts else self._fitted
        layout = fitted(_parsed(manuscript), manuscript.branding)
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

    def _fitted(self, html: "HTML", branding: Branding) -> Layout:
        """Lay the paper out at the first step at which each sheet is one page.

        Most fit at once, so the whole is tried first, then only what does not fit.
        """
        layout = self._laid_out(html, branding, STEPS[0])
        found = self._needed(html, branding, set(layout.running_over()))
        place, given = self._closer(html, branding, *found)
        if place:
            layout = self._laid_out(html, branding, STEPS[place], given=given)
        return self._settled(html, branding, layout, given)

    def _settled(
        self, html: "HTML", branding: Branding, layout: Layout, given: Mapping[str, int]
    ) -> Layout:
        """Set page 1 closer if its appendix has no room for what it leaves out."""
        layout = self._tightened(html, branding, layout, given)
        if not given or layout.appendix_pages() <= APPENDIX_PAGES:
            return layout
        kept = self._given(html, branding, set(given), STEPS[-1], _SPARED)
        if kept.keys() != given.keys():
            return layout
        closest = self._laid_out(html, branding, STEPS[-1], given=kept)
        tight = self._tightened(html, branding, closest, kept)
        return min(layout, tight, key=Layout.appendix_pages)

    def _tightened(
        self, html: "HTML", branding: Branding, layout: Layout, given: Mapping[str, int]
    ) -> Layout:
        """Set an appendix tighter that has too many pages, if that saves one."""
        step = layout.step
        for tighter in _TIGHTER:
            if layout.appendix_pages() <= APPENDIX_PAGES:
                break
            step = f"{step} {tighter}"
            tight = self._laid_out(html, branding, step, given=given)
            layout = min(layout, tight, key=Layout.appendix_pages)
        return self._full(html, branding, layout, given)

    def _full(
        self, html: "HTML", branding: Branding, layout: Layout, given: Mapping[str, int]
    ) -> Layout:
        """Set a pack tighter if its overview then ends a page sooner."""
        pages = layout.sparse_overview()
        for tighter in _TIGHTER if pages else ():
            step = f"{layout.step} {tighter}"
            alone = self._laid_out(html, branding, step, only={_OVERVIEW})
            if len(alone.document.pages) < pages:
                return self._laid_out(html, branding, step, given=given)
        return layout

    def _charted(self, html: "HTML", branding: Branding) -> Layout:
        """Lay a paper with charts out at the same step, and the whole of it once.

        Its page 1 is full, too, so that page is tried alone, and tells which step to
        expect. That the one before is too large is tried; that it fits, the whole says.
        """

        def tried(place: int) -> Layout:
            return self._laid_out(html, branding, STEPS[place], only={_PAGE_ONE})

        first, none = tried(_GIVING), _GIVING + 1
        too_large, fits = (_GIVING, none) if first.running_over() else (-1, _GIVING)
        place = min(max(_expected(first), too_large + 1), fits)
        while True:
            while place > too_large + 1:
                if tried(place - 1).running_over():
                    too_large = place - 1
                else:
                    place = fits = place - 1
            over = {_PAGE_ONE} if place == none else set()
            step, given = self._closer(html, branding, 0 if over else place, over)
            layout = self._laid_out(html, branding, STEPS[step], given=given)
            if place == fits or _PAGE_ONE not in layout.running_over():
                return self._settled(html, branding, layout, given)
            too_large, place = place, place + 1

    def _needed(
        self, html: "HTML", branding: Branding, over: set[str]
    ) -> tuple[int, set[str]]:
        """Return the place of the step that long sheets need, and what is too full."""
        needed = 0
        for place, step in enumerate(STEPS[1 : _GIVING + 1], start=1):
            if not over:
                return needed, over
            trial = self._laid_out(html, branding, step, only=over)
            still = set(trial.running_over())
            if still != over:
                over, needed = still, place
        return needed, over

    def _closer(
        self, html: "HTML", branding: Branding, place: int, over: set[str]
    ) -> tuple[int, dict[str, int]]:
        """Return the place of the step, and how far the words of each full sheet go.

        A sheet that does not fit without them either keeps them, and beside a page that
        runs on, others keep theirs.

        Args:
            html: The document.
            branding: The look of the organization's papers.
            place: The place of the step that the other sheets need.
            over: The sheets that are too full while none gives way.
        """
        for at in range(_GIVING, len(STEPS)) if over else ():
            given = self._given(html, branding, over, STEPS[at], _SPARED)
            if given.keys() == over:
                return at, given
        given = self._given(html, branding, over, STEPS[-1])
        for step in STEPS[_GIVING:] if given else ():
            trial = self._laid_out(html, branding, step, only=set(given), given=given)
            if not trial.running_over():
                return STEPS.index(step), given
        return max(place, _OVERFLOWING) if over else place, {}

    def _given(
        self,
        html: "HTML",
        branding: Branding,
        over: set[str],
        at: str,
        kinds: int | None = None,
    ) -> dict[str, int]:
        """Return how far words give way for each sheet that fits at a step then."""
        given: dict[str, int] = {}
        for sheet in sorted(over):
            most = steps_of(html.etree_element, sheet, kinds)

            def fits(step: int, sheet: str = sheet) -> bool:
                trial = self._laid_out(
                    html, branding, at, only={sheet}, given={sheet: step}
                )
                return not trial.running_over()

            # With less on a page it needs no more room, so the least is tried first. It
            # was too full as it is where words begin to give way.
            first = 1 if at == STEPS[_GIVING] else 0
            if most >= first and fits(most):
                found = bisect_left(range(first, most), x=True, key=fits)
                given[sheet] = first + found
        return given

    def _laid_out(
        self,
        html: "HTML",
        branding: Branding,
        step: str,
        *,
        only: Collection[str] = (),
        given: Mapping[str, int] = NOTHING_GIVEN,
    ) -> Layout:
        from weasyprint import CSS  # noqa: PLC0415 - takes a second to import

        source = _copied(html)
        root = source.etree_element
        root.set("class", step)
        sheets = _sheets(root, only)
        give_way(root, {sheet: given.get(sheet, 0) for sheet in sheets}, _PAGE_ONE)
        styles = [self._style]
        if branding.css:
            styles.append(CSS(string=branding.css))
        document = source.render(stylesheets=styles, font_config=self._fonts)
        return Layout(document, sheets, step)


def _expected(first: Layout) -> int:
    """Return the place of the step at which page 1 will fit, or one after the last."""
    pages = filled(_PAGE_ONE, first.document.pages)
    fitting = (place for place, share in enumerate(_SHARES) if share * pages <= 1)
    return next(fitting, len(STEPS))


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


def _sheets(root: "Element", only: Collection[str]) -> tuple[str, ...]:
    """Return the ids of one-page elements; drop all others, if some are named.

    Running heads go too: they take no space.
    """
    body = next(root.iter("body"))
    sheets = [part for part in body if part.get("class") == "one"]
    for number, sheet in enumerate(sheets):
        sheet.set("id", sheet.get("id") or f"sheet-{number}")
    kept = [part for part in body if part.get("id") in only] if only else sheets
    for part in list(body) if only else ():
        if part not in kept:
            body.remove(part)
    return tuple(str(sheet.get("id")) for sheet in kept)


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
