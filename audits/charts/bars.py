"""Bars in table rows: text stays in the cells, the bar is an SVG beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from audits.charts.coordinates import coordinate

WIDTH = 100


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar in a view box 100 wide; `zero` is the place of the zero line."""

    x: str
    width: str
    zero: str


def diverging(values: Sequence[int]) -> list[Bar]:
    """Return one bar for each value, all on one scale, negative ones to the left.

    >>> diverging([10, -10])
    [Bar(x='50', width='50', zero='50'), Bar(x='0', width='50', zero='50')]
    >>> diverging([0])
    [Bar(x='0', width='0', zero='0')]
    """
    low, high = min([0, *values]), max([0, *values])
    span = (high - low) or 1
    zero = -low * WIDTH / span
    return [
        Bar(
            x=coordinate(zero + min(value, 0) * WIDTH / span),
            width=coordinate(abs(value) * WIDTH / span),
            zero=coordinate(zero),
        )
        for value in values
    ]
