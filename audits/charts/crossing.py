"""Two cost lines over volume, both axes logarithmic, and where they cross."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, log10
from textwrap import wrap

from audits.charts.coordinates import coordinate, decades
from audits.charts.lines.cost_lines import CostOverVolume, detail, title, volume
from audits.charts.lines.crossing_label import beside, ground, leader, placed
from audits.charts.lines.layouts import PAGE, TOP, Layout

_POINTS = 48
_STEPS = 6  # times as many points, so that a step looks like one
_LABEL = 66  # “100,000”, and a space beside it
_LINE, _APART = 19, 6  # from row to row of a label, and between those of both lines
_BASE, _ABOVE, _BELOW = 6.5, 3, 4  # from its middle to letters, and beyond the lines
_ROW = 20  # that a row of a label takes
_NAME_GAP, _NAME_LETTER = 10, 9.1  # about how wide a letter of a bold name is
_Y_DECADES = 6
_SEEN = 3  # from line to line, so that two are seen


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLine:
    """One line as drawn, with the rows of its label at its end, and where each is."""

    path: str
    is_chosen: bool
    names: tuple[tuple[str, str], ...]
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossingChart:
    """A chart of two lines, ready to draw in a view box of its layout's size.

    `ticks` are at each power of ten, and `columns` those that are named. `now` is the
    place of this case; `even` is None if the lines never cross.
    `even_ground` lies under the label of the crossing, so that no line of the frame
    runs through it: left, top, width and height. `even_leader` leads from a label that
    is apart from the crossing to it; empty for one beside it.
    """

    title: str
    layout: Layout
    rows: tuple[tuple[str, str, str], ...]
    ticks: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    lines: tuple[DrawnLine, ...]
    now: str
    now_label: str
    now_anchor: str
    now_label_x: str
    even: tuple[str, str] | None
    even_label: str
    even_anchor: str
    even_label_at: tuple[str, str, str]
    even_ground: tuple[str, str, str, str]
    even_leader: str

    @property
    def names_x(self) -> int:
        """Where the names of the lines begin."""
        return self.layout.end + _NAME_GAP

    @property
    def even_below(self) -> str:
        """Where the middle of the label of the crossing is, below the lower axis."""
        at = float(self.even[0]) if self.even else 0
        half = _NAME_LETTER * len(self.even_label) / 2
        return coordinate(min(max(at, half), self.layout.width - half))

    @property
    def labels_x(self) -> int:
        """Where the numbers of the left axis end."""
        return self.layout.left - 10


@dataclass(frozen=True, slots=True)
class _Frame:
    layout: Layout
    x_from: int
    x_to: int
    y_from: int
    y_to: int

    def x(self, volume: float) -> float:
        share = (log10(volume) - self.x_from) / (self.x_to - self.x_from)
        return self.layout.left + share * (self.layout.end - self.layout.left)

    def y(self, dollars: float) -> float:
        share = (log10(dollars) - self.y_from) / (self.y_to - self.y_from)
        return self.layout.floor - share * (self.layout.floor - TOP)


def crossing_chart(
    lines: Sequence[CostOverVolume],
    requests: int,
    even: int | None,
    layout: Layout = PAGE,
) -> CrossingChart:
    """Draw two cost lines.

    Args:
        lines: Both, in dollars a month by requests a month.
        requests: The requests a month of this case, 1 or more.
        even: The requests a month at which they cost the same; None if there are none.
        layout: `WIDE`, `PAGE` or `PAPER`.
    """
    layout = _with_room(layout, lines)
    frame = _frame(lines, requests, even, layout)
    turn = (frame.x(even), frame.y(max(lines[0].at(even), 1))) if even else None
    drawn = _drawn(lines, frame, even)
    taken = [float(y) for each in drawn for _, y in (*each.names, *each.details)]
    label, right = placed(turn, frame.x(requests), even, layout, taken)
    now_label = f"This use case: {requests:,}"
    now_anchor, now_label_x = _now_at(now_label, frame.x(requests), layout)
    return CrossingChart(
        title=title(lines, requests, even),
        layout=layout,
        rows=tuple(
            (
                coordinate(frame.y(10**e)),
                coordinate(frame.y(10**e) + 5.5),
                f"${volume(e)}",
            )
            for e in range(frame.y_from, frame.y_to + 1)
        ),
        ticks=tuple(
            coordinate(frame.x(10**e)) for e in range(frame.x_from, frame.x_to + 1)
        ),
        columns=_columns(frame),
        lines=drawn,
        now=coordinate(frame.x(requests)),
        now_label=now_label,
        now_anchor=now_anchor,
        now_label_x=coordinate(now_label_x),
        even=(coordinate(turn[0]), coordinate(turn[1])) if turn else None,
        even_label=f"{even:,}" if even else "",
        even_anchor="start" if right else "end",
        even_label_at=beside(label, right=right) if label else ("", "", ""),
        even_ground=ground(label, even, right=right),
        even_leader=leader(label, turn, right=right),
    )


def _now_at(label: str, now: float, layout: Layout) -> tuple[str, float]:
    """Return how this case's label is anchored, and where.

    It is not over the left axis, and ends within the drawing.
    """
    long = len(label) * _NAME_LETTER
    is_left = now <= layout.end - 60
    if is_left and now + 8 + long <= layout.width:
        return "start", now + 8
    if now - 8 - long >= layout.left:
        return "end", now - 8
    return ("end", layout.width) if is_left else ("start", layout.left)


def _with_room(layout: Layout, lines: Sequence[CostOverVolume]) -> Layout:
    """Return a layout in which the longest row of a name fits beside its line."""
    rows = (row for line in lines for row in _in_rows(line.name, layout.letters))
    longest = max(map(len, rows))
    if longest <= layout.letters:
        return layout
    wide = ceil(longest * _NAME_LETTER) + _NAME_GAP
    return replace(layout, right=max(layout.right, wide))


def _in_rows(words: str, letters: int) -> list[str]:
    """Return words in rows of so many letters, or in one if that is 0."""
    if not letters:
        return [words]
    return wrap(words, letters, break_long_words=False, break_on_hyphens=False)


def _details(line: CostOverVolume, layout: Layout) -> list[str]:
    if not layout.has_details:
        return []
    return _in_rows(detail(line), layout.letters and layout.letters + 1)


def _columns(frame: _Frame) -> tuple[tuple[str, str], ...]:
    apart = frame.x(10 ** (frame.x_from + 1)) - frame.x(10**frame.x_from)
    fits = frame.x_to - frame.x_from < frame.layout.labels and apart >= _LABEL
    step = 1 if fits else 2
    exponents = range(frame.x_from, frame.x_to + 1, step)
    return tuple((coordinate(frame.x(10**e)), volume(e)) for e in exponents)


def _frame(
    lines: Sequence[CostOverVolume], requests: int, even: int | None, layout: Layout
) -> _Frame:
    volumes = [requests, even or requests]
    x_from, x_to = decades(max(min(volumes), 1), max(volumes))
    x_from = max(x_from, 0)
    costs = [max(line.at(10**e), 1) for line in lines for e in (x_from, x_to)]
    y_from, y_to = decades(min(costs), max(costs), least=2)
    return _Frame(layout, x_from, x_to, max(y_from, y_to - _Y_DECADES, 0), y_to)


def _drawn(
    lines: Sequence[CostOverVolume], frame: _Frame, even: int | None
) -> tuple[DrawnLine, ...]:
    paths = [_path(line, frame, even) for line in lines]
    letters = frame.layout.letters  # a row of details is not in bold, so has one more
    rows = [
        (_in_rows(line.name, letters), _details(line, frame.layout)) for line in lines
    ]
    if even and not frame.layout.has_details and _are_close([end for _, end in paths]):
        rows[-1][1].append("nearly equal")
    counts = [len(names) + len(details) for names, details in rows]
    middles = _apart([end for _, end in paths], counts, frame.layout)
    found = []
    for line, (path, _), (names, details), count, middle in zip(
        lines, paths, rows, counts, middles, strict=True
    ):
        first = middle + _BASE - _LINE * (count - 1) / 2
        places = [coordinate(first + _LINE * n) for n in range(count)]
        found.append(
            DrawnLine(
                path=path,
                is_chosen=line.is_chosen,
                names=tuple(zip(names, places, strict=False)),
                details=tuple(zip(details, places[len(names) :], strict=True)),
            )
        )
    return tuple(found)


def _are_close(ends: Sequence[float]) -> bool:
    """Return whether two lines look like one where they end."""
    return max(ends) - min(ends) < _SEEN


def _apart(
    ends: Sequence[float], counts: Sequence[int], layout: Layout
) -> tuple[float, float]:
    """Return the middle of each label: at its line's end, or apart from the other.

    Neither reaches over the axis, nor, of several rows, up to the name of this case.
    """
    upper, lower = sorted((0, 1), key=lambda n: ends[n])
    tall = [_LINE * (count - 1) / 2 for count in counts]
    most = layout.floor - _BELOW - _BASE - tall[lower]
    least = TOP + (_ROW if layout.letters else 0) - _ABOVE - _BASE + tall[upper]
    apart = _LINE * sum(counts) / 2 + _APART
    first = max(ends[upper], least)
    last = min(ends[lower], most)
    if last - first < apart:
        first = (first + last - apart) / 2
        first = max(min(first, most - apart), least)
        last = first + apart
    return (first, last) if upper == 0 else (last, first)


def _path(line: CostOverVolume, frame: _Frame, even: int | None) -> tuple[str, float]:
    """Return a line's path within the frame, and the height of its end.

    It has a point where the lines cross, so that the ring lies on it.
    """
    count = _POINTS * (_STEPS if line.machine else 1)
    decades_each = (frame.x_to - frame.x_from) / count
    volumes = {10.0 ** (frame.x_from + decades_each * i) for i in range(count + 1)}
    points = []
    for requests in sorted(volumes | ({float(even)} if even else set())):
        dollars = max(line.at(requests), 10.0**frame.y_from)
        points.append((frame.x(requests), frame.y(dollars)))
    path = "L".join(f"{coordinate(x)} {coordinate(y)}" for x, y in points)
    return f"M{path}", points[-1][1]
