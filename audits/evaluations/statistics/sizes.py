"""How many cases would settle what these cannot: with 80 % power, at the 5 % level."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from math import ceil, exp, fsum, lgamma, log, sqrt

from audits.evaluations.statistics.pairs import PassedPairs
from audits.evaluations.statistics.shares import Z_95, wilson

Z_POWER = 0.8416212335729143  # the standard normal's 80 % point
POWER = 0.8
_MOST_EXACT = 1_000
MOST_NEEDED = 1_000_000


@lru_cache(maxsize=1024)
def cases_needed(passed: int, n: int, mark: float) -> int | None:
    """Return how many more cases would settle whether a pass rate meets a mark.

    If the true rate is the one counted, so many cases in all would put the mark outside
    the interval of `wilson` in 8 of 10 runs.

    Args:
        passed: Cases that passed.
        n: Cases; at least 1.
        mark: The share that must pass, above 0 and below 1.

    Returns:
        More cases, 0 if there are enough; None if the counted rate is the mark, or so
        close that more than a million would be needed.

    Source: the sample size of the one-sample score test; Fleiss, Levin, Paik (2003),
    “Statistical Methods for Rates and Proportions”, 3rd edition, section 2.3. Up to
    1,000 cases, the power is counted exactly, because few cases come in steps.

    >>> cases_needed(27, 30, 0.8), cases_needed(24, 30, 0.8)
    (78, None)
    """
    share = passed / n
    spread = Z_95 * sqrt(mark * (1 - mark)) + Z_POWER * sqrt(share * (1 - share))
    needed = _needed(spread, share - mark)
    if needed is None:
        return None
    while needed < _MOST_EXACT and _power(share, mark, needed) < POWER:
        needed += 1
    return max(0, needed - n)


@lru_cache(maxsize=1024)
def said_cases_needed(passed: int, n: int, mark: float) -> int | None:
    """Return how many more cases to name: without digits that nobody knows.

    Rounded up, and on until so many settle it as often as those of `cases_needed`.

    Args:
        passed: Cases that passed.
        n: Cases; at least 1.
        mark: The share that must pass, above 0 and below 1.

    >>> said_cases_needed(27, 30, 0.8), said_cases_needed(43, 50, 0.9)
    (78, 460)
    """
    more = cases_needed(passed, n, mark)
    if not more:
        return more
    step: int = 10 ** max(0, len(str(more)) - 2)
    said = ceil(more / step) * step
    while n + said < _MOST_EXACT and _power(passed / n, mark, n + said) < POWER:
        said += step
    return said


def _power(share: float, mark: float, n: int) -> float:
    """Return how often n cases put a mark outside of the interval, on its side."""
    if share < mark:  # the same with failed for passed
        share, mark = 1 - share, 1 - mark
    # The more pass, the higher is the low end.
    fewest = bisect_right(range(n + 1), mark, key=lambda k: wilson(k, n).low)
    if share == 1:
        return float(fewest <= n)
    ways, passes, fails = lgamma(n + 1), log(share), log(1 - share)
    return fsum(
        exp(ways - lgamma(k + 1) - lgamma(n - k + 1) + k * passes + (n - k) * fails)
        for k in range(fewest, n + 1)
    )


def scores_needed(scores: Sequence[float], mark: float) -> int | None:
    """Return how many more cases would settle whether a mean of scores meets a mark.

    Args:
        scores: Of the cases so far; at least 2.
        mark: In their unit.

    Returns:
        As `cases_needed`.

    >>> scores_needed([0.5, 0.75, 1.0, 0.75], 0.5)
    2
    """
    mean = fsum(scores) / len(scores)
    squares = fsum((score - mean) ** 2 for score in scores)
    spread = (Z_95 + Z_POWER) * sqrt(squares / (len(scores) - 1))
    return _more(spread, mean - mark, len(scores))


def pairs_needed(pairs: PassedPairs) -> int | None:
    """Return how many more shared cases would show the difference that was counted.

    Returns:
        More cases, 0 if there are enough; None if there is no difference, or more than
        a million would be needed.

    Source: Connor (1987), “Sample size for testing differences in proportions for the
    paired-sample design”, Biometrics 43, 207-211.

    >>> pairs_needed(PassedPairs(both=20, only_first=6, only_second=2, neither=12))
    115
    """
    unlike = (pairs.only_first + pairs.only_second) / pairs.n
    gap = pairs.difference
    spread = Z_95 * sqrt(unlike) + Z_POWER * sqrt(max(0.0, unlike - gap**2))
    return _more(spread, gap, pairs.n)


def _more(spread: float, gap: float, n: int) -> int | None:
    needed = _needed(spread, gap)
    return None if needed is None else max(0, needed - n)


def _needed(spread: float, gap: float) -> int | None:
    if not gap:
        return None
    needed = max(1, ceil((spread / gap) ** 2 - 1e-9))
    return None if needed > MOST_NEEDED else needed
