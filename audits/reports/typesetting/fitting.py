"""Finds the largest type at which each page 1 of a document fits, in few layouts.

It knows no library that makes PDF: it is given what lays a document out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from audits.reports.typesetting.layouts import OVERVIEW, Layout
from audits.reports.typesetting.sheets import GIVING, LAST, STEPS, Setting, Sheet

type Given = Mapping[str, int]
"""How far the words of sheets give way, by their ids."""
type Found = tuple[int, Given]
"""The place of the step for all sheets, and how far words give way at it."""

# A page that does not fit without its words either runs on, whole, at a readable size.
_OVERFLOWING = STEPS.index("s105")
APPENDIX_PAGES = 5
_TIGHTER = ("snug", "snugger")


@dataclass(slots=True)
class Fitting:
    """A document whose sheets have to be one page each.

    `lay_out` takes a step, and the ids of the sheets to lay out alone.
    """

    lay_out: Callable[..., Layout]
    sheets: Sequence[Sheet]

    def fitted(self, alone: str = "") -> Layout:
        """Lay it out at the first step at which each sheet is one page.

        Args:
            alone: The sheet that is tried by itself before the whole; empty for none.
        """
        for sheet in self.sheets:
            if sheet.name == alone:
                self._try(sheet, (GIVING, 0))
        return self._settled(*self._agreed(self._found))

    def _agreed(self, find: Callable[[], Found]) -> tuple[Layout, Given]:
        """Lay all of it out as found, until what is seen no longer changes that."""
        while True:
            place, given = found = find()
            layout = self._whole(STEPS[place], given)
            for sheet in self.sheets:
                pages = layout.needed()[sheet.name]
                sheet.seen[place, given.get(sheet.name, 0)] = pages
            if find() == found:
                return layout, given

    def _found(self) -> Found:
        """Return the step for all sheets, and how far the words of full ones give way.

        A sheet that does not fit without them either keeps them, and beside a page that
        runs on, others keep theirs.
        """
        at = [self._first(sheet, sheet.settings) for sheet in self.sheets]
        full = [s for s, first in zip(self.sheets, at, strict=True) if first > GIVING]
        most = max(at, default=0)
        if most <= GIVING:
            return most, {}
        place = most - 1
        if place <= LAST:
            given = {s.name: self._words(s, place, s.spared) for s in full}
            # What was expected to fit may not have.
            is_so = all(s.fits(place, given[s.name]) is not False for s in full)
            return (place, given) if is_so else self._found()
        return self._last(full, max((n for n in at if n <= GIVING), default=0))

    def _last(self, full: Sequence[Sheet], place: int) -> Found:
        """Return the same where words that a vote needs have to give way, too."""
        able = [s for s in full if self._first(s, s.settings) < len(s.settings)]
        given = {s.name: self._words(s, LAST, s.most) for s in able}
        if any(s.fits(LAST, given[s.name]) is False for s in able):
            return self._last(full, place)
        if not able:
            return max(place, _OVERFLOWING), {}
        return self._closer(able, given), given

    def _closer(self, full: Sequence[Sheet], given: Given) -> int:
        """Return the first step, of those set ever closer, at which these words fit."""
        closer = range(GIVING, LAST + 1)
        at = (self._first(s, [(n, given[s.name]) for n in closer]) for s in full)
        return closer[min(max(at), len(closer) - 1)]

    def _first(self, sheet: Sheet, wanted: Sequence[Setting]) -> int:
        while not isinstance(found := sheet.to_try(wanted), int):
            self._try(sheet, found)
        return found

    def _words(self, sheet: Sheet, place: int, most: int) -> int:
        while not isinstance(found := sheet.words_to_try(place, most), int):
            self._try(sheet, found)
        return found

    def _try(self, sheet: Sheet, setting: Setting) -> None:
        place, given = setting
        trial = self.lay_out(STEPS[place], only={sheet.name}, given={sheet.name: given})
        sheet.seen[setting] = trial.needed()[sheet.name]

    def _whole(self, step: str, given: Given) -> Layout:
        return self.lay_out(step, given=given)

    def _settled(self, layout: Layout, given: Given) -> Layout:
        """Set page 1 closer if its appendix has no room for what it leaves out.

        It then keeps the words that fit at the last step, at the first that has room
        for them.
        """
        layout = self._tightened(layout, given)
        if not given or layout.appendix_pages() <= APPENDIX_PAGES:
            return layout
        full = [sheet for sheet in self.sheets if sheet.name in given]
        kept = {sheet.name: self._words(sheet, LAST, sheet.spared) for sheet in full}
        if not all(sheet.fits(LAST, kept[sheet.name]) for sheet in full):
            return layout
        closer, _ = self._agreed(lambda: (self._closer(full, kept), kept))
        return min(layout, self._tightened(closer, kept), key=Layout.appendix_pages)

    def _tightened(self, layout: Layout, given: Given) -> Layout:
        """Set an appendix tighter that has too many pages, if that saves one."""
        step = layout.step
        for tighter in _TIGHTER:
            if layout.appendix_pages() <= APPENDIX_PAGES:
                break
            step = f"{step} {tighter}"
            layout = min(layout, self._whole(step, given), key=Layout.appendix_pages)
        return self._full(layout, given)

    def _full(self, layout: Layout, given: Given) -> Layout:
        """Set a pack tighter if its overview then ends a page sooner."""
        pages = layout.sparse_overview()
        for tighter in _TIGHTER if pages else ():
            step = f"{layout.step} {tighter}"
            alone = self.lay_out(step, only={OVERVIEW})
            if len(alone.document.pages) < pages:
                return self._whole(step, given)
        return layout
