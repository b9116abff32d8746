"""Counts by quarter, over two lines of the same years on logarithmic scales."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, product
from math import ceil, floor, log10
from textwrap import wrap

from audits.charts.coordinates import coordinate
from audits.charts.labels import Box, Labels, Spot
from audits.charts.timeline_marks import placed_changes, placed_events
from audits.charts.timeline_shapes import (
    FILE,
    NARROW,
    WIDE,
    Block,
    Column,
    Layout,
    Panel,
    Point,
    Text,
    Timeline,
    TimelineChart,
)

__all__ = ["FILE", "NARROW", "WIDE", "timeline_chart"]

_LINE = 15  # from one word to the one below
_BOLD = 1.08  # how much wider a letter is in bold
# What the marks beside a line are, and where a mark has it.
_NAMES = (
    ("near", ("near GPT-4",)),
    ("unmeasured", ("vendor’s claim", "claim")),  # the shorter one where space is short
)
_BESIDE = (Spot(-9, 4, "end"), Spot(9, 4, "start"))
_GAP = 1.5  # between the parts of a bar, so that they differ without colour


@dataclass(frozen=True, slots=True)
class _Years:
    """Days to places."""

    layout: Layout
    first: date
    last: date

    def x(self, day: date) -> float:
        room = self.layout.width - self.layout.left - self.layout.right
        share = (day - self.first).days / (self.last - self.first).days
        return self.layout.left + share * room

    @property
    def end(self) -> float:
        return self.layout.width - self.layout.right


def timeline_chart(timeline: Timeline, layout: Layout) -> TimelineChart:
    """Draw counts by quarter over two lines.

    Args:
        timeline: What to draw.
        layout: `WIDE` or `NARROW`.
    """
    columns = timeline.columns
    years = _Years(layout, columns[0].start, columns[-1].end)
    return TimelineChart(
        layout=layout,
        title=timeline.title,
        description=timeline.description,
        blocks=tuple(_blocks(years, columns)),
        starts=_counts(years, columns[0], at_start=True),
        ends=() if layout.is_short else _counts(years, columns[-1], at_start=False),
        panels=(
            _panel(years, timeline, layout.upper, rises=True),
            _panel(years, timeline, layout.lower, rises=False),
        ),
        years=_year_ticks(years),
        events=placed_events(layout, years.x, timeline.events),
        changes=placed_changes(layout, years.x, timeline.changes),
        bars_top=layout.bars[0],
        bars_foot=layout.bars[1],
        floor=layout.lower[1],
        plot_left=layout.left,
        plot_right=layout.width - layout.right,
    )


def _heights(
    layout: Layout, column: Column
) -> list[tuple[str, str, int, float, float]]:
    """Return each part of a bar with its bottom and its height, from below."""
    top, foot = layout.bars
    total = sum(number for *_, number in column.counts) or 1
    parts, at = [], float(foot)
    for family, name, number in column.counts:
        height = number / total * (foot - top)
        parts.append((family, name, number, at, height))
        at -= height
    return parts


def _blocks(years: _Years, columns: Sequence[Column]) -> Iterable[Block]:
    gap = 3 if years.layout.is_short else 6
    for column in columns:
        x, end = years.x(column.start), years.x(column.end)
        for family, _, number, foot, height in _heights(years.layout, column):
            if number:
                yield Block(
                    family=family,
                    x=coordinate(x),
                    y=coordinate(foot - height + _GAP / 2),
                    width=coordinate(max(end - x - gap, 1)),
                    height=coordinate(max(height - _GAP, 0.5)),
                )


def _counts(years: _Years, column: Column, *, at_start: bool) -> tuple[Text, ...]:
    """Return the counts beside a bar, kept apart where parts are thin."""
    x = years.x(column.start) - 7 if at_start else years.end + 14
    parts = [part for part in _heights(years.layout, column) if part[2]]
    middles = [foot - height / 2 + 4.5 for *_, foot, height in parts]
    labels = [
        [str(number)] if at_start else _wrapped(f"{name} {number}", years.layout)
        for _, name, number, *_ in parts
    ]
    tall = [len(label) for label in labels]
    return tuple(
        Text(
            x=coordinate(x),
            y=coordinate(y + row * _LINE),
            anchor="end" if at_start else "start",
            words=words,
            family=family,
        )
        for (family, *_), label, y in zip(
            parts, labels, _apart(middles, tall, years.layout), strict=True
        )
        for row, words in enumerate(label)
    )


def _wrapped(words: str, layout: Layout) -> list[str]:
    """Return the rows of a label that fit beside the last bar."""
    room = layout.right - 14
    return wrap(words, int(room / (layout.letter * _BOLD)))


def _apart(middles: list[float], tall: Sequence[int], layout: Layout) -> list[float]:
    """Return the first row of each label from below, moved if close, none too high."""
    rows, gap = layout.bars, layout.apart - _LINE
    places, most = [], float(rows[1] + 4)
    for middle, count in zip(middles, tall, strict=True):
        more = (count - 1) * _LINE
        places.append(min(middle - more / 2, most - more))
        most = places[-1] - _LINE - gap
    least = float(rows[0] + 9)
    for i in reversed(range(len(places))):
        places[i] = max(places[i], least)
        least = places[i] + tall[i] * _LINE + gap
    return places


def _panel(
    years: _Years, timeline: Timeline, rows: tuple[int, int], *, rises: bool
) -> Panel:
    series = timeline.rising if rises else timeline.falling
    (top, foot), points = rows, series.points
    end = years.x(timeline.until)
    low, high = _decades(points)

    def y(value: float) -> float:
        return foot - (log10(value) - low) / (high - low) * (foot - top)

    places = [(years.x(p.day), y(p.value), p) for p in points]
    line = [place for place in places if place[2].kind == "line"]
    scale = range(ceil(low), floor(high) + 1)
    return Panel(
        title=Text(
            x=str(years.layout.left),
            y=str(top - 14),
            anchor="start",
            words=series.short if years.layout.is_short else series.title,
        ),
        rows=tuple(
            Text(
                x=coordinate(years.layout.left - 6),
                y=coordinate(y(10.0**e) + 4),
                anchor="end",
                words=_magnitude(e, is_money=not rises, is_short=years.layout.is_short),
            )
            for e in scale
        ),
        rules=tuple(coordinate(y(10.0**e)) for e in scale),
        path=_steps(line, end),
        points=tuple((coordinate(x), coordinate(y_)) for x, y_, _ in line),
        near=_marks(places, "near"),
        unmeasured=_marks(places, "unmeasured"),
        labels=_labels(years, places, (rows, end), rises=rises),
    )


def _decades(points: Sequence[Point]) -> tuple[float, float]:
    """Return the powers of ten to draw: a little more than the points need."""
    values = [log10(point.value) for point in points]
    return min(values) - 0.25, max(values) + 0.25


def _steps(line: Sequence[tuple[float, float, Point]], end: float) -> str:
    if not line:
        return ""
    x, y, _ = line[0]
    path = f"M{coordinate(x)} {coordinate(y)}"
    for x, y, _ in line[1:]:
        path += f"H{coordinate(x)}V{coordinate(y)}"
    return f"{path}H{coordinate(end)}"


def _marks(
    places: Sequence[tuple[float, float, Point]], kind: str
) -> tuple[tuple[str, str], ...]:
    return tuple((coordinate(x), coordinate(y)) for x, y, p in places if p.kind == kind)


def _labels(
    years: _Years,
    places: Sequence[tuple[float, float, Point]],
    within: tuple[tuple[int, int], float],
    *,
    rises: bool,
) -> tuple[Text, ...]:
    """Label the points of a line if there is space; the table lists them all.

    The last and the first come before the others: they show how far the line goes.
    """
    layout, (rows, end) = years.layout, within
    room = Box(layout.left, rows[0] - 10, layout.width - 2, rows[1] + 14)
    labels = Labels(room, layout.letter)
    line = [place for place in places if place[2].kind == "line"]
    for x, y, _ in places:
        labels.block(Box(x - 6, y - 6, x + 6, y + 6))
    for (x, y, _), (next_x, next_y, _) in pairwise(line):
        labels.block(Box(x, y - 1, next_x, y + 1))
        labels.block(Box(next_x - 1, min(y, next_y), next_x + 1, max(y, next_y)))
    if line:
        labels.block(Box(line[-1][0], line[-1][1] - 1, end, line[-1][1] + 1))
    # A rising line leaves room above on its left, a falling one above on its right.
    spots = (
        (Spot(-8, -7, "end"), Spot(8, 17, "start"))
        if rises
        else (Spot(8, -7, "start"), Spot(-8, 17, "end"))
    )
    found = []
    for x, y, point in [*line[-1:], *line[:-1]]:
        words = point.short if layout.is_short else point.label
        if at := labels.place(words, x, y, spots):
            found.append(
                Text(
                    x=coordinate(at[0]),
                    y=coordinate(at[1]),
                    anchor=at[2],
                    words=words,
                )
            )
    return (*found, *_named(labels, places))


def _named(
    labels: Labels, places: Sequence[tuple[float, float, Point]]
) -> Iterable[Text]:
    """Say beside one mark of each kind what it is, if there is space at any."""
    for kind, names in _NAMES:
        marks = [place for place in places if place[2].kind == kind]
        for words, (x, y, _) in product(names, marks):
            if at := labels.place(words, x, y, _BESIDE):
                place = coordinate(at[0]), coordinate(at[1])
                yield Text(x=place[0], y=place[1], anchor=at[2], words=words)
                break


def _year_ticks(years: _Years) -> tuple[tuple[str, str, str], ...]:
    """Return where each year begins, the middle of its part, and its name."""
    ticks = []
    for year in range(years.first.year, years.last.year + 1):
        start = max(date(year, 1, 1), years.first)
        end = min(date(year + 1, 1, 1), years.last)
        if start < end:
            x, until = years.x(start), years.x(end)
            ticks.append((coordinate(x), coordinate((x + until) / 2), str(year)))
    return tuple(ticks)


def _magnitude(exponent: int, *, is_money: bool, is_short: bool) -> str:
    """Write a power of ten for a scale.

    >>> _magnitude(6, is_money=False, is_short=False)
    '1m'
    >>> _magnitude(-1, is_money=True, is_short=True)
    '$.10'
    """
    if is_money:
        if exponent >= 0:
            return f"${10**exponent:,}"
        text = f"{10.0**exponent:.{max(2, -exponent)}f}"
        return f"${text.removeprefix('0') if is_short else text}"
    for power, letter in ((6, "m"), (3, "k")):
        if exponent >= power:
            return f"{10 ** (exponent - power)}{letter}"
    return str(10**exponent)
