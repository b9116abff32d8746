"""Places in a drawing, and the round numbers that an axis shows."""

from itertools import count
from math import ceil, floor, log10


def coordinate(value: float) -> str:
    """Write a place without a trailing zero, and with a point in any locale.

    >>> coordinate(12.5), coordinate(40.0), coordinate(1 / 3)
    ('12.5', '40', '0.33')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".")


def round_steps(highest: float, most: int = 5) -> list[int]:
    """Return round numbers from 0 that reach or pass `highest`.

    Args:
        highest: The largest value to show.
        most: How many steps there may be.

    >>> round_steps(13_300), round_steps(0.4), round_steps(21_000, most=3)
    ([0, 5000, 10000, 15000], [0, 1], [0, 10000, 20000, 30000])
    """
    highest = max(highest, 1)
    steps = (leading * 10**power for power in count() for leading in (1, 2, 5))
    step = next(step for step in steps if step * most >= highest)
    return [step * i for i in range(ceil(highest / step) + 1)]


def decades(low: float, high: float, least: int = 3) -> tuple[int, int]:
    """Return the powers of ten that enclose two numbers above 0.

    Args:
        low: The smaller number.
        high: The larger.
        least: How many powers apart they must be at least.

    >>> decades(20_000, 236_000), decades(100, 100), decades(5, 2_000_000)
    ((3, 6), (0, 3), (0, 7))
    """
    first, last = floor(log10(low)), ceil(log10(high))
    missing = max(0, least - (last - first))
    first -= (missing + 1) // 2
    return first, last + missing // 2
