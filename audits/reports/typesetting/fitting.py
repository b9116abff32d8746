"""Finds the largest type at which all page 1s of a document fit, in few layouts.

It knows no library that makes PDF: it is given what lays a document out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from audits.reports.typesetting.layouts import OVERVIEW, Layout
from audits.reports.typesetting.sheets import (
    GIVING,
    LAST,
    STEPS,
    Setting,
    Sheet,
    in_one_size,
)

type Found = Mapping[str, Setting]
"""How each sheet is set, by its id: the place of its step, and how far words leave."""

# A page that does not fit without its words either runs on, whole, at a readable size.
_OVERFLOWING = STEPS.index("s105")
APPENDIX_PAGES = 5
_TIGHTER = ("snug", "snugger")
# What other pages have too is left out, before an appendix takes a page more: first
# the drawing that the result page has, then the words that one page explains. Only
# then does a chart leave the table of its months.
_BARE = ("spare", "bare", "broken")
# The answers, the method and the words are whole where that takes no page more.
_KEPT = "kept"
_ANSWERS = "a6"
_WORDS = "glossary"


@dataclass(slots=True)
class Fitting:
    """A document whose sheets have to be one page each.

    `lay_out` takes how each sheet is set, how close the rest is, and the ids of the
    sheets to lay out alone.
    """

    lay_out: Callable[..., Layout]
    sheets: Sequence[Sheet]

    def fitted(self, alone: str = "") -> Layout:
        """Lay it out with each sheet at the first step at which it is one page.

        Args:
            alone: The sheet that is tried by itself before the whole; empty for none.
        """
        for sheet in self.sheets:
            if sheet.name == alone:
                self._try(sheet, (GIVING, 0))
        return self._settled(*self._agreed(self._found))

    def _agreed(self, find: Callable[[], Found]) -> tuple[Layout, Found]:
        """Lay all of it out as found, until what is seen no longer changes that."""
        while True:
            found = find()
            layout = self.lay_out(found)
            for sheet in self.sheets:
                sheet.seen[found[sheet.name]] = layout.needed()[sheet.name]
            if find() == found:
                return layout, found

    def _found(self) -> Found:
        found = {sheet.name: self._set(sheet) for sheet in self.sheets}
        # What runs on has no part in it: it is at a readable size in any case.
        fit = [x for x in self.sheets if x.fits(*found[x.name]) is not False]
        sized = in_one_size({sheet.name: found[sheet.name] for sheet in fit})
        return {**found, **sized}

    def _set(self, sheet: Sheet) -> Setting:
        """Return the step of a sheet, and how far its words give way if it is full.

        One that does not fit without them either keeps them.
        """
        first = self._first(sheet, sheet.settings)
        if first <= GIVING:
            return first, 0
        if (place := first - 1) <= LAST:
            given = self._words(sheet, place, sheet.spared)
            # What was expected to fit may not have.
            is_so = sheet.fits(place, given) is not False
            return (place, given) if is_so else self._set(sheet)
        return self._last(sheet)

    def _last(self, sheet: Sheet) -> Setting:
        """Return the same where words that a vote needs have to give way, too."""
        if self._first(sheet, sheet.settings) >= len(sheet.settings):
            return _OVERFLOWING, 0
        given = self._words(sheet, LAST, sheet.most)
        if sheet.fits(LAST, given) is False:
            return self._last(sheet)
        return self._closer(sheet, given), given

    def _closer(self, sheet: Sheet, given: int) -> int:
        """Return the first step, of those set ever closer, at which these words fit."""
        closer = range(GIVING, LAST + 1)
        at = self._first(sheet, [(place, given) for place in closer])
        return closer[min(at, len(closer) - 1)]

    def _first(self, sheet: Sheet, wanted: Sequence[Setting]) -> int:
        while not isinstance(found := sheet.to_try(wanted), int):
            self._try(sheet, found)
        return found

    def _words(self, sheet: Sheet, place: int, most: int) -> int:
        while not isinstance(found := sheet.words_to_try(place, most), int):
            self._try(sheet, found)
        return found

    def _try(self, sheet: Sheet, setting: Setting) -> None:
        trial = self.lay_out({sheet.name: setting}, only={sheet.name})
        sheet.seen[setting] = trial.needed()[sheet.name]

    def _settled(self, layout: Layout, found: Found) -> Layout:
        """Set page 1 closer if its appendix has no room for what it leaves out.

        It then keeps the words that fit at the last step, at the first that has room
        for them.
        """
        layout = self._tightened(layout, found)
        full = [sheet for sheet in self.sheets if found[sheet.name][1]]
        if not full or layout.appendix_pages() <= APPENDIX_PAGES:
            return layout
        kept = {sheet.name: self._words(sheet, LAST, sheet.spared) for sheet in full}
        if not all(sheet.fits(LAST, kept[sheet.name]) for sheet in full):
            return layout

        def closer() -> Found:
            words = ((sheet, kept[sheet.name]) for sheet in full)
            return {
                **found,
                **{each.name: (self._closer(each, n), n) for each, n in words},
            }

        other = self._tightened(*self._agreed(closer))
        return min(layout, other, key=Layout.appendix_pages)

    def _tightened(self, layout: Layout, found: Found) -> Layout:
        """Set an appendix tighter that has too many pages, if that saves one."""
        close = ""
        for tighter in (*_TIGHTER, *_BARE):
            if layout.appendix_pages() <= APPENDIX_PAGES:
                break
            close = f"{close} {tighter}".lstrip()
            other = self.lay_out(found, close)
            layout = min(layout, other, key=Layout.appendix_pages)
        return self._full(self._kept(layout, found), found)

    def _kept(self, layout: Layout, found: Found) -> Layout:
        """Keep parts of an appendix whole, set tighter if it then has room for that."""
        most, close = max(layout.appendix_pages(), APPENDIX_PAGES), layout.close
        tighter = [x for x in _TIGHTER if x not in close.split()]
        if not layout.has(_ANSWERS):
            return layout
        for more in ("", *tighter):
            close = f"{close} {more}".strip()
            other = self.lay_out(found, f"{close} {_KEPT}".lstrip())
            if other.appendix_pages() <= most:
                return other
        return layout

    def _full(self, layout: Layout, found: Found) -> Layout:
        """Set a pack tighter if its overview then ends a page sooner."""
        pages = layout.sparse_overview()
        for tighter in _TIGHTER if pages else ():
            close = f"{layout.close} {tighter}".lstrip()
            alone = self.lay_out(found, close, only={OVERVIEW})
            if len(alone.document.pages) < pages:
                layout = self.lay_out(found, close)
                break
        return self._brief(layout, found)

    def _brief(self, layout: Layout, found: Found) -> Layout:
        """Set what is behind the overview of a pack closer if its words then fit."""
        if not layout.has(_WORDS) or not layout.is_sparse_at_its_end():
            return layout
        other = self.lay_out(found, f"{layout.close} brief".lstrip())
        return min(layout, other, key=Layout.appendix_pages)
