"""The days that a drawing of the years names, each where it covers no other."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import count

from audits.charts.coordinates import coordinate
from audits.charts.labels import Box, Labels, Spot
from audits.charts.timeline_shapes import Change, Event, Layout, Mark, Text

_ROW = 16  # from one row of words to the one above
_STRIP = 58  # below the bars
_OF_NUMBERS = 42
_HEAD = 16  # of an arrow, and its shaft beside the first row
_SPOTS = tuple(
    Spot(side, 15 + row * _ROW, anchor)
    for row in (0, 1, 2)
    for side, anchor in ((7, "start"), (-7, "end"))
)


def placed_events(
    layout: Layout, x_of: Callable[[date], float], events: Sequence[Event]
) -> tuple[Mark, ...]:
    """Return where each event is, its label inside the plot and over no other.

    Args:
        layout: The drawing.
        x_of: Where a day is.
        events: In order of days.
    """
    taken: dict[int, float] = {}
    drawn = []
    for event in events:
        words = event.short if layout.is_short else event.label
        start, wide = _start(layout, x_of(event.day), words)
        row = next(row for row in count() if taken.get(row, 0) <= start)
        taken[row] = start + wide + layout.letter
        drawn.append(
            Mark(
                x=coordinate(x_of(event.day)),
                y=str(layout.bars[0] - 8 - row * _ROW),
                text=Text(
                    x=coordinate(start + wide / 2),
                    y=str(layout.bars[0] - 14 - row * _ROW),
                    anchor="middle",
                    words=words,
                ),
            )
        )
    return tuple(drawn)


def placed_changes(
    layout: Layout, x_of: Callable[[date], float], changes: Sequence[Change]
) -> tuple[Mark, ...]:
    """Return an arrow below the bars for each change, with words or its number.

    A change finds space for its words before another one finds space for its number.
    No arrow goes through words.
    """
    foot = layout.bars[1]
    strip = _OF_NUMBERS if layout.is_numbered else _STRIP
    room = Box(0, foot + 2, layout.width - layout.right, foot + strip)
    labels = Labels(room, layout.letter)
    for change in changes:
        x = x_of(change.day)
        labels.block(Box(x - 5, foot, x + 5, foot + _HEAD))
    found: dict[Change, Mark] = {}
    for words_of in (_short,) if layout.is_numbered else (_label, _short):
        for change in changes:
            x = x_of(change.day)
            words = words_of(change)
            if change in found:
                continue
            at = labels.place(words, x, foot, _SPOTS, line_from=foot + _HEAD)
            if at:
                text = Text(
                    x=coordinate(at[0]), y=coordinate(at[1]), anchor=at[2], words=words
                )
                tall = round(at[1]) - foot - 3
                labels.block(Box(x - 1, foot, x + 1, at[1]))
                found[change] = Mark(
                    x=coordinate(x), y=str(foot + 3), tall=tall, text=text
                )
    return tuple(
        found.get(change) or _bare(x_of(change.day), foot) for change in changes
    )


def _label(change: Change) -> str:
    return change.label


def _short(change: Change) -> str:
    return change.short


def _bare(x: float, foot: int) -> Mark:
    """Return an arrow without words, which no space was found for."""
    text = Text(x=coordinate(x), y=str(foot), anchor="middle", words="")
    return Mark(x=coordinate(x), y=str(foot + 3), tall=12, text=text)


def _start(layout: Layout, x: float, words: str) -> tuple[float, float]:
    """Return where words begin that are centred on a place, and how wide they are."""
    wide = len(words) * layout.letter
    last = layout.width - layout.right - wide
    return max(min(x - wide / 2, last), 0.0), wide
