"""A document laid out: which of its sheets run over, and how full its pages are.

It reads what WeasyPrint laid out, and does not import it.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audits.reports.typesetting.overflow import filled

if TYPE_CHECKING:
    from weasyprint import Document

# The id of the element after the last sheet.
_REST = "appendix"
OVERVIEW = "overview"
# The overview of a pack is set tighter if its last page is less full than this.
_SPARSE = 0.3
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Layout:
    """A paper laid out, and the ids of the elements that must be one page each.

    `close` says how close all but these are set; empty for as usual.
    """

    document: "Document"
    sheets: tuple[str, ...]
    close: str

    def pages(self) -> dict[str, list[Any]]:
        """Return the pages of each sheet."""
        pages = list(self.document.pages)
        first: dict[str, int] = {}
        for number, page in reversed(list(enumerate(pages))):
            first |= {i: number for i in (*self.sheets, _REST) if i in page.anchors}
        ends = sorted([*first.values(), len(pages)])
        return {
            sheet: pages[start : next(end for end in ends if end > start)]
            for sheet, start in first.items()
            if sheet in self.sheets
        }

    def running_over(self) -> dict[str, list[Any]]:
        """Return the pages of the sheets with more than one."""
        return {sheet: pages for sheet, pages in self.pages().items() if len(pages) > 1}

    def needed(self) -> dict[str, float]:
        """Return how many pages each sheet needs: more than 1 only if it runs over."""
        taken = self.pages()
        return {
            sheet: max(filled(sheet, pages), 1.001)
            if len(pages) > 1
            else min(filled(sheet, pages), 1.0)
            for sheet, pages in taken.items()
        }

    def has(self, part: str) -> bool:
        """Return whether there is an element with an id."""
        return any(part in page.anchors for page in self.document.pages)

    def appendix_pages(self) -> int:
        """Return how many pages the appendix takes; 0 if there is none."""
        pages = self.document.pages
        starts = (n for n, page in enumerate(pages) if _REST in page.anchors)
        return len(pages) - next(starts, len(pages))

    def is_sparse_at_its_end(self) -> bool:
        """Return whether the last of several pages of the appendix is half empty."""
        return (
            self.appendix_pages() > 1
            and filled(_REST, self.document.pages[-1:]) < _HALF
        )

    def sparse_overview(self) -> int:
        """Return how many pages an overview takes whose last is all but empty, or 0."""
        pages, after = self.document.pages, {*self.sheets, _REST}
        ends = (n for n, page in enumerate(pages) if not after.isdisjoint(page.anchors))
        number = next(ends, len(pages))
        share = filled(OVERVIEW, pages[number - 1 : number])
        return number if number > 1 and 0 < share < _SPARSE else 0
