"""The days that a drawing of the years names, each where it covers no other."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import count

from audits.charts.coordinates import coordinate
from audits.charts.timeline_shapes import Event, Layout, Mark, Text

_ROW = 16  # from one row of words to the one above


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


def _start(layout: Layout, x: float, words: str) -> tuple[float, float]:
    """Return where words begin that stand over a place, and how wide they are."""
    wide = len(words) * layout.letter
    last = layout.width - layout.right - wide
    return max(min(x - wide / 2, last), 0.0), wide
