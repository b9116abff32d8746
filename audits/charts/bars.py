"""Bars in table rows: text stays in the cells, the bar is an SVG beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from audits.charts.coordinates import coordinate

WIDTH = 100


@dataclass(frozen=True, slots=True)
class RangeBar:
    """How far an expected amount, and the ends of its range, are from zero."""

    low: str
    expected: str
    high: str


def ranged(low: Decimal, expected: Decimal, high: Decimal, most: Decimal) -> RangeBar:
    """Return the bar of an amount, drawn so that `most` has the whole width.

    >>> ranged(Decimal(10), Decimal(20), Decimal(50), Decimal(200))
    RangeBar(low='5', expected='10', high='25')
    """
    share = WIDTH / float(most or 1)
    return RangeBar(*(coordinate(float(x) * share) for x in (low, expected, high)))


def ticks(steps: Sequence[int]) -> tuple[str, ...]:
    """Return where the steps of a scale are, from nothing to the last of them.

    >>> ticks([0, 1000, 2000])
    ('0', '50', '100')
    """
    return tuple(coordinate(each * WIDTH / steps[-1]) for each in steps)
