"""Bars for the number of each kind."""

from collections.abc import Sequence
from dataclasses import dataclass

from audits.charts.coordinates import coordinate

WIDTH, LEFT, RIGHT, ROW = 600, 196, 60, 30


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
    rows: tuple[CountRow, ...]


def counts_chart(counts: Sequence[tuple[str, str, int]], what: str) -> CountsChart:
    """Draw the number of each kind.

    Args:
        counts: A kind, its name and its number, from the top.
        what: The thing counted, to begin the text for screen readers.

    >>> chart = counts_chart([("a", "Apples", 2), ("b", "Pears", 1)], "Fruit")
    >>> chart.title, [row.width for row in chart.rows]
    ('Fruit: Apples 2, Pears 1.', ['344', '172'])
    """
    most = max([1, *(number for _, _, number in counts)])
    said = ", ".join(f"{name} {number}" for _, name, number in counts)
    return CountsChart(
        title=f"{what}: {said}.",
        height=ROW * len(counts) + 4,
        rows=tuple(
            _row(kind, name, number, most, ROW * place + ROW / 2 + 2)
            for place, (kind, name, number) in enumerate(counts)
        ),
    )


def _row(kind: str, name: str, number: int, most: int, y: float) -> CountRow:
    width = number / most * (WIDTH - LEFT - RIGHT)
    return CountRow(
        kind=kind,
        name=name,
        number=number,
        width=coordinate(width),
        middle=coordinate(y),
        bar_y=coordinate(y - 8),
        text_y=coordinate(y + 5.5),
        number_x=coordinate(LEFT + width + 10),
    )
