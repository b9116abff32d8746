"""How alike the outcomes of two runs are, beside what chance gives."""

from math import exp, log

ALIKE = 0.98
_BY_CHANCE = 1e-6


def is_beyond_chance(agreeing: int, cases: int, passed: tuple[int, int]) -> bool:
    """Whether independent runs would agree so often less than once in a million times.

    Args:
        agreeing: The cases with the same outcome in both runs.
        cases: All cases that both ran.
        passed: How many of them passed in each.

    >>> is_beyond_chance(198, 200, (150, 152)), is_beyond_chance(198, 200, (198, 198))
    (True, False)
    """
    one, other = (number / cases for number in passed)
    expected = one * other + (1 - one) * (1 - other)
    share = agreeing / cases
    if share <= expected:
        return False
    # Chernoff: chance is at most this.
    apart = _part(share, expected) + _part(1 - share, 1 - expected)
    return exp(-cases * apart) < _BY_CHANCE


def _part(share: float, expected: float) -> float:
    return share * log(share / expected) if share else 0.0
