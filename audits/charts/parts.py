"""Bars of parts in table rows: text stays in the cells, the bar is an SVG beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from audits.charts.coordinates import coordinate

WIDTH = 100
_GAP = 0.6  # of the ground, between two parts


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar in a view box 100 wide; `kind` says which colour it has."""

    kind: str
    x: str
    width: str


def parts(amounts: Sequence[tuple[str, float]], most: float) -> list[Part]:
    """Return the parts of one bar in order; an amount of 0 has none.

    Args:
        amounts: A kind and its amount, 0 or more, from the left.
        most: The amount that fills the whole width.

    >>> parts([("a", 1), ("b", 0), ("c", 3)], most=8)
    [Part(kind='a', x='0', width='11.9'), Part(kind='c', x='12.5', width='37.5')]
    """
    drawn: list[Part] = []
    x = 0.0
    shown = [(kind, amount) for kind, amount in amounts if amount]
    for kind, amount in shown:
        width = amount * WIDTH / most
        is_last = len(drawn) == len(shown) - 1
        seen = width if is_last else max(width - _GAP, width / 2)
        drawn.append(Part(kind, coordinate(x), coordinate(seen)))
        x += width
    return drawn
