"""Compares two candidates on the same cases."""

from dataclasses import dataclass
from math import comb, exp, fsum, lgamma, log, sqrt

from audits.evaluations.statistics.shares import Interval, wilson

_MOST_EXACT = 1_000  # cases that only one passed; more are summed as floats
LEVEL = 0.05  # a gap is said to be one if chance makes such a one in fewer runs


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedPairs:
    """What two candidates did on the same cases, counted.

    >>> PassedPairs(both=20, only_first=12, only_second=3, neither=5).n
    40
    """

    both: int = 0
    only_first: int = 0
    only_second: int = 0
    neither: int = 0

    @property
    def n(self) -> int:
        """How many cases both were tried on."""
        return self.both + self.only_first + self.only_second + self.neither

    @property
    def difference(self) -> float:
        """The pass rate of the first less that of the second, from -1 to 1."""
        return (self.only_first - self.only_second) / self.n

    @property
    def swapped(self) -> "PassedPairs":
        """The same with the two candidates exchanged."""
        return PassedPairs(
            both=self.both,
            only_first=self.only_second,
            only_second=self.only_first,
            neither=self.neither,
        )


def mcnemar(pairs: PassedPairs) -> float:
    """Return how often chance alone makes the two as unlike as here, or more.

    It is the two-sided p-value of McNemar's exact test: among the cases that only one
    passed, each is as likely to be passed by either. Cases with the same outcome for
    both say nothing about who is better.

    Source: McNemar (1947), Psychometrika 12, 153-157; exact by the binomial
    distribution, doubled, at most 1.

    >>> round(mcnemar(PassedPairs(only_first=12, only_second=3)), 4)
    0.0352
    """
    unlike = pairs.only_first + pairs.only_second
    fewer = min(pairs.only_first, pairs.only_second)
    if unlike > _MOST_EXACT:
        return min(1.0, 2 * _tail(fewer, unlike))
    ways: int = sum(comb(unlike, place) for place in range(fewer + 1))
    return min(1.0, ways / 2 ** (unlike - 1)) if unlike else 1.0


def _tail(fewer: int, unlike: int) -> float:
    """Return how likely a fair coin falls `fewer` times or less on one side."""
    kept = log(2) * unlike - lgamma(unlike + 1)
    term = exp(-kept - lgamma(fewer + 1) - lgamma(unlike - fewer + 1))
    terms = []
    while fewer >= 0 and term > 0:
        terms.append(term)
        term *= fewer / (unlike - fewer + 1)
        fewer -= 1
    return fsum(terms)


def difference_interval(pairs: PassedPairs) -> Interval:
    """Return the 95 % interval of the difference of two pass rates on the same cases.

    Raises:
        ValueError: There are no cases.

    Source: Newcombe (1998), “Improved confidence intervals for the difference between
    binomial proportions based on paired data”, Statistics in Medicine 17, 2635-2650,
    method 10. It is widened to reach 0 where `mcnemar` sees no gap, and so never says
    more than the exact test.

    >>> found = difference_interval(PassedPairs(both=20, only_first=12, neither=8))
    >>> round(found.low, 3), round(found.high, 3)
    (0.143, 0.436)
    """
    found = newcombe(pairs)
    if mcnemar(pairs) < LEVEL:
        return found
    return Interval(min(0.0, found.low), max(0.0, found.high))


def is_gap(pairs: PassedPairs) -> bool:
    """Return whether the candidates differ by more than chance would explain."""
    return mcnemar(pairs) < LEVEL


def newcombe(pairs: PassedPairs) -> Interval:
    """Return Newcombe's interval as it is published: see `difference_interval`."""
    first, second = pairs.both + pairs.only_first, pairs.both + pairs.only_second
    of_first, of_second = wilson(first, pairs.n), wilson(second, pairs.n)
    one, other = first / pairs.n, second / pairs.n
    alike = _alikeness(pairs)
    below, above = one - of_first.low, of_first.high - one
    under, over = other - of_second.low, of_second.high - other
    low = sqrt(max(0.0, below**2 - 2 * alike * below * over + over**2))
    high = sqrt(max(0.0, above**2 - 2 * alike * above * under + under**2))
    return Interval(
        max(-1.0, pairs.difference - low), min(1.0, pairs.difference + high)
    )


def _alikeness(pairs: PassedPairs) -> float:
    """Return the correlation of the two, corrected for continuity; 0 if undefined."""
    first, second = pairs.both + pairs.only_first, pairs.both + pairs.only_second
    sides = first * (pairs.n - first) * second * (pairs.n - second)
    if not sides:
        return 0.0
    cross = pairs.both * pairs.neither - pairs.only_first * pairs.only_second
    corrected = max(cross - pairs.n / 2, 0) if cross > 0 else cross
    return corrected / sqrt(sides)
