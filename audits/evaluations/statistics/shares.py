"""How far a share of cases may be from the one that was counted: 95 % intervals."""

from dataclasses import dataclass
from math import sqrt

# The standard normal's 97.5 % point: 95 of 100 intervals hold the true value.
Z_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Interval:
    """The lower and the upper end, both within it."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        """Whether a value is within it."""
        return self.low <= value <= self.high


def wilson(passed: int, n: int) -> Interval:
    """Return the 95 % interval of a pass rate, by Wilson's score method.

    Args:
        passed: Cases that passed.
        n: Cases; at least 1.

    Raises:
        ValueError: There are no cases, or more passed than there are.

    Source: Wilson (1927), “Probable inference, the law of succession, and statistical
    inference”, Journal of the American Statistical Association 22, 209-212.

    >>> found = wilson(12, 24)
    >>> round(found.low, 4), round(found.high, 4)
    (0.3143, 0.6857)
    """
    if not 0 <= passed <= n or n == 0:
        message = f"{passed} of {n} cases"
        raise ValueError(message)
    share, square = passed / n, Z_95**2
    middle = (share + square / (2 * n)) / (1 + square / n)
    spread = share * (1 - share) / n + square / (4 * n * n)
    half = Z_95 * sqrt(spread) / (1 + square / n)
    # At the ends, the method gives 0 and 1; rounding must not put the share outside.
    return Interval(
        0.0 if passed == 0 else max(0.0, middle - half),
        1.0 if passed == n else min(1.0, middle + half),
    )
