"""Columns of parts, one for each month, with the name of each part at the last one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from audits.charts.coordinates import coordinate, round_steps

# As wide as a page draws it, so that its words keep their 12 pixels.
WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 460, 240, 28, 244, 22, 34
_APART = 20  # between two labels
_HIGHEST = 12.0  # the foot of the topmost name, so that it is drawn whole
_WIDEST = 44
_GAP = 1.5  # of the ground, between two parts
_LEAST = 0.5  # so that a tiny part is still visible
_LABELS = 6  # of the lower axis at most
_LABEL = 43  # the room of one, so that two do not touch


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One month to draw: its name, and the number of each kind."""

    name: str
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """The number of all kinds together."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a column as drawn; `kind` says which colour it has."""

    kind: str
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class Label:
    """A label and its place."""

    text: str
    x: str
    y: str
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthsChart:
    """A chart of months, ready to draw in a view box `WIDTH` by `HEIGHT`."""

    title: str
    rows: tuple[Label, ...]
    blocks: tuple[Block, ...]
    columns: tuple[Label, ...]
    totals: tuple[Label, ...]
    names: tuple[Label, ...]
    height: int = HEIGHT
    floor: int = HEIGHT - FOOT
    right: int = WIDTH - RIGHT


@dataclass(frozen=True, slots=True)
class _Frame:
    months: int
    highest: int

    @property
    def slot(self) -> float:
        return (WIDTH - LEFT - RIGHT) / self.months

    @property
    def width(self) -> float:
        return min(self.slot * 0.7, _WIDEST)

    def x(self, place: int) -> float:
        """Return the middle of a month's column."""
        return LEFT + self.slot * (place + 0.5)

    def y(self, count: float) -> float:
        return HEIGHT - FOOT - count / self.highest * (HEIGHT - TOP - FOOT)


def months_chart(
    months: Sequence[Month], kinds: Sequence[tuple[str, str]], what: str
) -> MonthsChart:
    """Draw the number of each kind, month by month.

    Args:
        months: The months in order, at least one.
        kinds: Each kind and its name, from the bottom.
        what: The thing counted, to begin the text for screen readers.
    """
    steps = round_steps(max(month.total for month in months), most=4)
    frame = _Frame(len(months), steps[-1])
    every = max(-(-len(months) // _LABELS), ceil(_LABEL / frame.slot))
    return MonthsChart(
        title=_title(months, kinds, what),
        rows=tuple(
            Label(f"{step:,}", coordinate(frame.y(step)), coordinate(frame.y(step) + 4))
            for step in steps
        ),
        blocks=tuple(
            block
            for place, month in enumerate(months)
            for block in _blocks(month, kinds, frame, frame.x(place))
        ),
        columns=tuple(
            Label(month.name, coordinate(frame.x(place)), coordinate(HEIGHT - 10))
            for place, month in enumerate(months)
            if (len(months) - 1 - place) % every == 0
        ),
        totals=tuple(
            Label(
                f"{month.total:,}",
                coordinate(frame.x(place)),
                coordinate(frame.y(month.total) - 6),
            )
            for place, month in enumerate(months)
            if (len(months) - 1 - place) % every == 0
        ),
        names=_names(months, kinds, frame),
    )


def _blocks(
    month: Month, kinds: Sequence[tuple[str, str]], frame: _Frame, middle: float
) -> Iterator[Block]:
    below = 0
    for kind, _ in kinds:
        if count := month.counts.get(kind, 0):
            top, foot = frame.y(below + count), frame.y(below)
            place = (middle - frame.width / 2, top, frame.width)
            height = max(foot - top - _GAP, _LEAST)
            yield Block(kind, *map(coordinate, (*place, height)))
            below += count


def _names(
    months: Sequence[Month], kinds: Sequence[tuple[str, str]], frame: _Frame
) -> tuple[Label, ...]:
    """Place the names beside their parts, from the bottom, without overlap.

    What only an earlier month has is named with 0, so that its colour has a name.
    """
    placed, below, free = [], 0, float(HEIGHT)
    for kind, name in kinds:
        if any(month.counts.get(kind) for month in months):
            count = months[-1].counts.get(kind, 0)
            y = min(frame.y(below + count / 2) + 4, free)
            below, free = below + count, y - _APART
            placed.append((f"{name} {count:,}", y, kind))
    labels, free = [], _HIGHEST
    for words, y, kind in reversed(placed):  # none begins above the picture
        y_free = max(y, free)
        free = y_free + _APART
        place = coordinate(WIDTH - RIGHT + 8), coordinate(y_free)
        labels.append(Label(words, *place, kind))
    return tuple(reversed(labels))


def _title(months: Sequence[Month], kinds: Sequence[tuple[str, str]], what: str) -> str:
    said = "; ".join(
        f"{month.name} "
        + ", ".join(f"{name} {month.counts.get(kind, 0):,}" for kind, name in kinds)
        for month in months
    )
    return f"{what}: {said}."
