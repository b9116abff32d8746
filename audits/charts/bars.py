"""Bars in table rows: text stays in the cells, the bar is an SVG beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 100


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar in a view box 100 wide; `zero` is where the zero line stands."""

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
    low, high = min(0, *values), max(0, *values)
    span = (high - low) or 1
    zero = -low * WIDTH / span
    return [
        Bar(
            x=_number(zero + min(value, 0) * WIDTH / span),
            width=_number(abs(value) * WIDTH / span),
            zero=_number(zero),
        )
        for value in values
    ]


def _number(value: float) -> str:
    """Write a coordinate without a trailing zero, and with a point in any locale."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
