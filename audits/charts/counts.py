"""Bars for the number of each kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from audits.charts.coordinates import coordinate

WIDTH, RIGHT, ROW = 600, 60, 32
NAMES, _GAP = 24, 12  # where names begin, after their mark, and the space after them
_LETTER = 8.8  # about how wide a letter of a name is drawn
_LEAST = 160  # so that short names leave no wide bars


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow:
    """One bar as drawn; `kind` says which mark and colour it has."""

    kind: str
    name: str
    number: int
    width: str
    middle: str
    bar_y: str
    text_y: str
    number_x: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsChart:
    """A chart of counts, ready to draw in a view box `WIDTH` wide."""

    title: str
    height: int
    left: int
    rows: tuple[CountRow, ...]


def counts_chart(counts: Sequence[tuple[str, str, int]], what: str) -> CountsChart:
    """Draw the number of each kind.

    Args:
        counts: A kind, its name and its number, from the top.
        what: The thing counted, to begin the text for screen readers.

    >>> chart = counts_chart([("a", "Apples", 2), ("b", "Pears", 1)], "Fruit")
    >>> chart.title, [row.width for row in chart.rows]
    ('Fruit: Apples 2, Pears 1.', ['380', '190'])
    """
    most = max([1, *(number for _, _, number in counts)])
    left = max([_LEAST, *(_end(name) for _, name, _ in counts)])
    said = ", ".join(f"{name} {number}" for _, name, number in counts)
    return CountsChart(
        title=f"{what}: {said}.",
        height=ROW * len(counts) + 4,
        left=left,
        rows=tuple(
            _row(count, left, most, ROW * place + ROW / 2 + 2)
            for place, count in enumerate(counts)
        ),
    )


def _end(name: str) -> int:
    """Return where the bars can begin beside a name, so that none is cut.

    >>> _end("Fine-tune")
    116
    """
    return ceil(NAMES + len(name) * _LETTER) + _GAP


def _row(count: tuple[str, str, int], left: int, most: int, y: float) -> CountRow:
    kind, name, number = count
    width = number / most * (WIDTH - left - RIGHT)
    return CountRow(
        kind=kind,
        name=name,
        number=number,
        width=coordinate(width),
        middle=coordinate(y),
        bar_y=coordinate(y - 8),
        text_y=coordinate(y + 6),
        number_x=coordinate(left + width + 10),
    )
