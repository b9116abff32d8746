"""The years as a picture of pixels, for where no drawing can be put."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from audits.charts.timeline_shapes import Block, Panel, Text, TimelineChart

_SCALE = 2
_HEAD, _FOOT, _EDGE = 58, 40, 24
_INK, _MUTED, _LINE, _PAPER = "#16202a", "#56626b", "#d9dee0", "#ffffff"
_PLAIN, _BOLD, _SERIF = "inter-400", "inter-600", "source-serif-4-600"
_STEP = re.compile(r"([MHV])([\d.]+)(?: ([\d.]+))?")

type Place = tuple[float, float]


def timeline_png(
    chart: TimelineChart,
    words: tuple[str, str],
    colour_of: Callable[[str], str],
    fonts: Path,
) -> bytes:
    """Return a drawing as a PNG file, twice as large as its units.

    Args:
        chart: The drawing.
        words: What is written above it and below it.
        colour_of: The colour of a family.
        fonts: The folder of the site's fonts.
    """
    paper = _Paper(chart, fonts)
    for start, middle, year in chart.years:
        paper.line([(start, chart.bars_top), (start, chart.floor)], _LINE)
        paper.write((middle, chart.floor + 20), year, "middle", _MUTED)
    for block in chart.blocks:
        paper.block(block, colour_of(block.family))
    for text in (*chart.starts, *chart.ends):
        paper.text(text, colour_of(text.family), _BOLD)
    for mark in chart.events:
        paper.dashes(float(mark.x), float(mark.y), chart.bars_foot)
        paper.text(mark.text)
    for mark in chart.changes:
        x, y = float(mark.x), float(mark.y)
        paper.line([(x, y + mark.tall), (x, y)], width=1.5)
        paper.line([(x - 4, y + 4), (x, y), (x + 4, y + 4)], width=1.5)
        paper.text(mark.text)
    for panel in chart.panels:
        _draw_panel(paper, chart, panel)
    ends = [(chart.plot_left, chart.floor), (chart.plot_right, chart.floor)]
    paper.line(ends)
    above, below = words
    paper.write((_EDGE, -18), above, "start", _INK, (_SERIF, 22))
    paper.write((_EDGE, chart.layout.height + 20), below, "start", _MUTED)
    return paper.file


def _draw_panel(paper: "_Paper", chart: TimelineChart, panel: Panel) -> None:
    paper.text(panel.title, font=_BOLD)
    for rule in panel.rules:
        paper.line([(chart.plot_left, rule), (chart.plot_right, rule)], _LINE)
    for row in panel.rows:
        paper.text(row, _MUTED)
    paper.line(_corners(panel.path), width=1.5)
    for place in _places(panel.points):
        paper.round(place, 3.5)
    for x, y in _places(panel.near):
        paper.shape([(x - 4, y - 4), (x + 4, y - 4), (x + 4, y + 4), (x - 4, y + 4)])
    for x, y in _places(panel.unmeasured):
        paper.shape([(x, y - 5), (x + 5, y + 4), (x - 5, y + 4)])
    for text in panel.labels:
        paper.text(text)


def _places(points: Sequence[tuple[str, str]]) -> list[Place]:
    return [(float(x), float(y)) for x, y in points]


def _corners(path: str) -> list[Place]:
    """Return the corners of a path of steps.

    >>> _corners("M1 2H5V7.5")
    [(1.0, 2.0), (5.0, 2.0), (5.0, 7.5)]
    """
    found: list[Place] = []
    for letter, first, second in _STEP.findall(path):
        x, y = found[-1] if found else (0.0, 0.0)
        if letter == "M":
            found.append((float(first), float(second)))
        else:
            found.append((float(first), y) if letter == "H" else (x, float(first)))
    return found


class _Paper:
    """Draws in the units of a drawing."""

    def __init__(self, chart: TimelineChart, fonts: Path) -> None:
        from PIL import Image, ImageDraw  # noqa: PLC0415 - no page needs it

        layout, self._fonts = chart.layout, fonts
        size = layout.width, layout.height + _HEAD + _FOOT
        self._image = Image.new("RGB", (_px(size[0]), _px(size[1])), _PAPER)
        self._draw: Any = ImageDraw.Draw(self._image)

    @property
    def file(self) -> bytes:
        into = BytesIO()
        self._image.save(into, "PNG", optimize=True)
        return into.getvalue()

    def line(
        self, places: Sequence[tuple[Any, Any]], colour: str = _INK, width: float = 1
    ) -> None:
        if places:
            self._draw.line(self._at(places), fill=colour, width=_px(width))

    def dashes(self, x: float, top: float, foot: float) -> None:
        while top < foot:
            self.line([(x, top), (x, min(top + 4, foot))], width=1.5)
            top += 7

    def round(self, place: Place, radius: float) -> None:
        x, y = place
        corners = [(x - radius, y - radius), (x + radius, y + radius)]
        self._draw.ellipse(self._at(corners), fill=_INK)

    def shape(self, places: Sequence[Place]) -> None:
        self._draw.polygon(self._at(places), _PAPER, _MUTED, width=_px(1.6))

    def block(self, block: Block, colour: str) -> None:
        x, y = float(block.x), float(block.y)
        right, foot = x + float(block.width), y + float(block.height)
        self._draw.rectangle(self._at([(x, y), (right, foot)]), fill=colour)
        if block.family == "distil":
            self._hatch(x, y, right, foot)
        if block.family == "stop":
            for row in range(int(y) + 3, int(foot), 6):
                for column in range(int(x) + 3, int(right), 6):
                    corners = [(column - 1, row - 1), (column + 1, row + 1)]
                    self._draw.ellipse(self._at(corners), fill=_PAPER)

    def _hatch(self, x: float, y: float, right: float, foot: float) -> None:
        """Draw lines from lower left to upper right, within a block."""
        for start in range(int(x - (foot - y)), int(right), 7):
            left, end = max(float(start), x), min(start + foot - y, right)
            if left < end:
                ends = [(left, foot - (left - start)), (end, foot - (end - start))]
                self.line(ends, _PAPER, 1.2)

    def text(self, text: Text, colour: str = _INK, font: str = _PLAIN) -> None:
        place = float(text.x), float(text.y)
        self.write(place, text.words, text.anchor, colour, (font, 12))

    def write(
        self,
        place: tuple[Any, Any],
        words: str,
        anchor: str,
        colour: str,
        font: tuple[str, int] = (_PLAIN, 12),
    ) -> None:
        [at] = self._at([place])
        self._draw.text(
            at,
            words,
            fill=colour,
            font=_font(self._fonts, *font),
            anchor={"start": "ls", "middle": "ms", "end": "rs"}[anchor],
            stroke_width=_SCALE,
            stroke_fill=_PAPER,
        )

    @staticmethod
    def _at(places: Sequence[tuple[Any, Any]]) -> list[tuple[int, int]]:
        return [(_px(float(x)), _px(float(y) + _HEAD)) for x, y in places]


def _px(units: float) -> int:
    return round(units * _SCALE)


@lru_cache(maxsize=8)
def _font(folder: Path, name: str, size: int) -> Any:
    from PIL import ImageFont  # noqa: PLC0415 - as above

    return ImageFont.truetype(folder / f"{name}.ttf", _px(size))
