"""How much room words take, so that no text is larger than its box.

Slides are set in Arial. An office program without it, or a font as wide, draws another
one: LibreOffice may have only DejaVu Sans, which is the widest. Words are measured with
Inter, which is here, and taken for as wide as those of DejaVu Sans are. Only the digits
of Inter differ in width, so all are taken for the widest, and letters that it lacks for
its widest one.
"""

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from audits.office.told import Run, Words

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

LINE = 1.2  # lines of a size of type
_FONTS = Path(__file__).resolve().parents[2] / "static" / "fonts"
_LARGE = 100  # the size at which words are measured
_PAGE_NUMBER = "00"
# How much wider than Inter a line of DejaVu Sans is at most, in bold and otherwise.
_BOLD_WIDER, _WIDER = 1.22, 1.1
_DIGIT = re.compile(r"\d")
_OTHER = re.compile("[^\u0000-\u024f\u2000-\u22ff]")  # beyond Latin and signs


def width_of(text: str, size: float, *, is_bold: bool = False) -> float:
    """Return how wide words on one line are, in points."""
    wider = _BOLD_WIDER if is_bold else _WIDER
    return _width(text, is_bold) * wider * size / _LARGE


def lines_of(words: Words, size: float, room: float) -> int:
    """Return how many lines words take in a width of `room` points."""
    return sum(_lines(line, size, room) for line in _split(words)) or 1


def height_of(words: Words, size: float, room: float) -> float:
    """Return how high words are, in points."""
    return lines_of(words, size, room) * size * LINE


def longest_word(words: Words, size: float) -> float:
    """Return how wide the longest word is that cannot be broken, in points."""
    found = (
        sum(width for width, _ in word)
        for line in _split(words)
        for word in _words(line, size)
    )
    return max(found, default=0)


def longest_line(words: Words, size: float) -> float:
    """Return how wide words are without a break but their own, in points."""
    lines = (
        sum(width_of(run.text, size, is_bold=run.style == "bold") for run in line)
        for line in _split(words)
    )
    return max(lines, default=0)


def _split(words: Words) -> Iterator[list[Run]]:
    line: list[Run] = []
    for run in words:
        first, *others = f"{run.text}{_PAGE_NUMBER if run.place else ''}".split("\n")
        line.append(Run(first, run.style))
        for other in others:
            yield line
            line = [Run(other, run.style)]
    yield line


def _words(line: Sequence[Run], size: float) -> list[list[tuple[float, float]]]:
    """Return the words of a line, each in the pieces of its styles.

    A piece is its width and that of its widest letter.
    """
    found: list[list[tuple[float, float]]] = [[]]
    for run in line:
        is_bold = run.style == "bold"
        for place, piece in enumerate(run.text.split(" ")):
            if place:
                found.append([])
            letters = (width_of(x, size, is_bold=is_bold) for x in set(piece))
            wide = width_of(piece, size, is_bold=is_bold)
            found[-1].append((wide, max(letters, default=0)))
    return found


def _lines(line: Sequence[Run], size: float, room: float) -> int:
    """Count the lines of words, each put on a line as long as there is room."""
    number, used = 1, 0.0
    space = width_of(" ", size)
    for place, word in enumerate(_words(line, size)):
        wide = sum(width for width, _ in word)
        gap = space if place else 0
        if used and used + gap + wide > room:
            number, used, gap = number + 1, 0.0, 0
        used += gap + wide
        if used > room:  # a word that is longer than a line is broken between letters
            whole = max(room - max(letter for _, letter in word), 1)
            number += math.ceil(used / whole) - 1
            used = used % whole
    return number


@lru_cache(maxsize=8192)
def _width(text: str, is_bold: bool) -> float:
    return float(_font(is_bold).getlength(_DIGIT.sub("0", _OTHER.sub("W", text))))


@lru_cache(maxsize=2)
def _font(is_bold: bool) -> "FreeTypeFont":
    from PIL import ImageFont  # noqa: PLC0415 - only slides need it

    name = "inter-600.ttf" if is_bold else "inter-400.ttf"
    return ImageFont.truetype(_FONTS / name, _LARGE)
