"""How far a score is below its target, and how much of that chance alone explains.

A shortfall is large only where chance cannot explain it: beyond 1.96 standard errors of
a pass rate of 0.8, and beyond 5 points. Source: docs/method.md, “The candidates table”.
"""

from math import sqrt

# From so many cases on, chance explains no more than 5 points.
MOST_BY_CHANCE = 244
LARGE_FROM = 0.05  # of all cases below the target
OFTEN_FROM = 0.2  # of all answers wrong


def noise(cases: int) -> float:
    """Return the difference that chance alone explains, as a share.

    >>> round(noise(100), 3)
    0.078
    """
    return 0.78 / sqrt(cases)


def gap_word(target: float, score: float, cases: int) -> str:
    """Return how far a score is below the target, as the answer to `quality_gap`.

    >>> gap_word(0.9, 0.84, 200), gap_word(0.9, 0.84, 100), gap_word(0.9, 0.9, 30)
    ('large', 'small', 'met')
    """
    short = round(target - score, 9)  # 0.9 less 0.85 is 0.05, not a little more
    if short <= 0:
        return "met"
    return "large" if short > small_gap(cases) else "small"


def small_gap(cases: int) -> float:
    """Return the largest shortfall that is small: 5 points, or what chance explains.

    >>> round(small_gap(60), 3), small_gap(1000)
    (0.101, 0.05)
    """
    return max(LARGE_FROM, noise(cases))


def count_word(score: float, cases: int) -> str:
    """Return how often answers are wrong, where nobody wrote a target down."""
    return "often_wrong" if 1 - score > OFTEN_FROM + noise(cases) else "some_wrong"
