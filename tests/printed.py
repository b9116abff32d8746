"""What is printed on the pages of a PDF."""

import re
import subprocess
from collections.abc import Iterator
from functools import cache, cached_property
from io import BytesIO
from itertools import pairwise

from pypdf import PdfReader


class Printed(PdfReader):
    """A PDF; poppler reads its words in a tenth of the time that pypdf takes."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__(BytesIO(pdf))
        self._pdf = pdf

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of each page in the order in which they are drawn, one space
        between two."""
        return _words(self._pdf)

    @cached_property
    def touching(self) -> tuple[str, ...]:
        """Words of two columns with less than six points between them.

        Two words of a sentence have less than four. Headings, whose spaces are wide,
        and the small words of a drawing are left out.
        """
        return tuple(_close(self._pdf))

    @cached_property
    def overhanging(self) -> tuple[str, ...]:
        """Words that run into the right margin, or are cut at the edge of the sheet."""
        return tuple(_beyond(self._pdf))

    def right_ends(self, word: str) -> set[float]:
        """Where a word ends on page 1, wherever it is printed."""
        found = re.findall(f"<word {_PLACE}", _places(self._pdf)[0])
        return {round(float(right), 1) for *_, right, _, said in found if said == word}

    def heights(self, word: str) -> set[float]:
        """How tall a word is, wherever it is printed; 1.2 times the size of its type.

        That is about 10.9 points for type of 9 points.
        """
        found = [x for page in _places(self._pdf) for x in re.findall(_PLACE, page)]
        return {
            round(float(bottom) - float(top), 1)
            for _, top, _, bottom, said in found
            if said == word
        }


@cache
def _words(pdf: bytes) -> tuple[str, ...]:
    said = subprocess.run(
        ["pdftotext", "-raw", "-", "-"],  # noqa: S607
        input=pdf,
        check=True,
        capture_output=True,
    ).stdout.decode()
    *pages, rest = said.split("\f")
    assert not rest
    return tuple(" ".join(page.split()) for page in pages)


_PLACE = r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<'
_SENTENCE, _COLUMNS = 3.6, 6
_DRAWN, _HEADING = 9.5, 14
_MARGIN = 18 * 72 / 25.4 - 1  # of 18 mm, less what rounding adds


@cache
def _places(pdf: bytes) -> tuple[str, ...]:
    """Return what poppler says of each page: its width, and each word in its place."""
    said = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"],  # noqa: S607
        input=pdf,
        check=True,
        capture_output=True,
    ).stdout.decode()
    return tuple(said.split("<page ")[1:])


def _close(pdf: bytes) -> Iterator[str]:
    for page in _places(pdf):
        words = sorted(
            (round(float(bottom), 1), float(left), float(right), float(top), text)
            for left, top, right, bottom, text in re.findall(f"<word {_PLACE}", page)
        )
        for (line, _, end, top, one), (beside, start, *_, other) in pairwise(words):
            is_table = line == beside and _DRAWN < line - top < _HEADING
            if is_table and _SENTENCE < start - end < _COLUMNS:
                yield f"{one} {other}"


def _beyond(pdf: bytes) -> Iterator[str]:
    for page in _places(pdf):
        width = float(page.partition('width="')[2].partition('"')[0])
        for _, _, right, _, word in re.findall(f"<word {_PLACE}", page):
            if float(right) > width - _MARGIN:
                yield word
