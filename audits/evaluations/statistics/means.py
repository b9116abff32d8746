"""How far a mean of scores may be from the true one, by drawing the cases again.

Every draw is made from the same seed, so that the same file always gives the same
numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import fsum, sqrt
from random import Random
from statistics import NormalDist

from audits.evaluations.statistics.pairs import LEVEL
from audits.evaluations.statistics.shares import Z_95, Interval

FEWEST_SCORES = 10
SEED = 20261127
DRAWS = 2_000
MOST_DRAWN = 500  # with more cases, the bootstrap and the normal interval are one
_MOST_SIGNS = 12  # cases whose signs are tried in every way
_DIGITS = 12  # of a difference; beyond them there is only rounding
_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class ScoreGap:
    """The mean difference of two candidates' scores on the same cases.

    `interval` is None if there are too few cases to tell, or if all of enough cases
    differ by the same (`is_alike`); `chance` is how often chance alone makes a
    difference as large, from 0 to 1.
    """

    difference: float
    interval: Interval | None
    chance: float
    is_alike: bool = False

    @property
    def is_gap(self) -> bool:
        """Whether the candidates differ by more than chance would explain."""
        is_beyond = self.interval is not None and 0 not in self.interval
        return self.chance < LEVEL and (self.is_alike or is_beyond)


def mean_interval(scores: Sequence[float], seed: int = SEED) -> Interval | None:
    """Return the 95 % interval of the mean of scores.

    Up to `MOST_DRAWN` scores it is the bias-corrected and accelerated bootstrap; above
    that, the mean and 1.96 standard errors.

    Args:
        scores: In any unit.
        seed: Of the draws.

    Returns:
        The interval; None if there are fewer than `FEWEST_SCORES`, or all are the same:
        then nothing says how much others would differ.

    Source: Efron (1987), “Better bootstrap confidence intervals”, Journal of the
    American Statistical Association 82, 171-185.
    """
    n = len(scores)
    if n < FEWEST_SCORES or min(scores) == max(scores):
        return None
    mean = fsum(scores) / n
    if n > MOST_DRAWN:
        spread = sqrt(fsum((score - mean) ** 2 for score in scores) / (n - 1) / n)
        return Interval(mean - Z_95 * spread, mean + Z_95 * spread)
    draw = Random(seed).choices  # noqa: S311 - no secret is made of it
    means = sorted(sum(draw(scores, k=n)) / n for _ in range(DRAWS))
    low, high = (_corrected(share, means, scores, mean) for share in (0.025, 0.975))
    return Interval(_quantile(means, low), _quantile(means, high))


def _corrected(
    share: float, means: Sequence[float], scores: Sequence[float], mean: float
) -> float:
    """Return the share of the draws at which an end of the interval is."""
    below = sum(drawn < mean for drawn in means) + sum(x == mean for x in means) / 2
    kept = min(max(below / len(means), 1 / len(means)), 1 - 1 / len(means))
    bias = _NORMAL.inv_cdf(kept)
    squares = fsum((score - mean) ** 2 for score in scores)
    cubes = fsum((score - mean) ** 3 for score in scores)
    # Of the jackknife, which is this for a mean.
    skew = cubes / (6 * squares**1.5)
    moved = bias + _NORMAL.inv_cdf(share)
    return _NORMAL.cdf(bias + moved / (1 - skew * moved))


def _quantile(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    before = int(place)
    after = min(before + 1, len(ordered) - 1)
    return ordered[before] + (place - before) * (ordered[after] - ordered[before])


def score_gap(pairs: Sequence[tuple[float, float]], seed: int = SEED) -> ScoreGap:
    """Compare the scores of two candidates on the same cases.

    Args:
        pairs: The score of the first and of the second, a case each; at least one.
        seed: Of the draws.
    """
    differences = [round(first - second, _DIGITS) for first, second in pairs]
    is_alike = len({*differences}) == 1 and len(differences) >= FEWEST_SCORES
    return ScoreGap(
        difference=fsum(differences) / len(differences),
        interval=mean_interval(differences, seed),
        chance=sign_chance(differences, seed),
        is_alike=is_alike,
    )


def sign_chance(differences: Sequence[float], seed: int = SEED) -> float:
    """Return how often chance alone gives a mean as far from 0, from 0 to 1.

    If neither candidate is better, each difference could as well have the other sign.
    All signs are tried for up to 12 cases that differ, else `DRAWS` draws of them.

    Source: Fisher's randomization test for pairs; Good (2005), “Permutation,
    Parametric, and Bootstrap Tests of Hypotheses”, 3rd edition, chapter 3.
    """
    unlike = [difference for difference in differences if difference]
    seen = abs(fsum(unlike))
    least = seen - 1e-9 * max(1.0, seen)  # sums that differ by rounding are the same
    if len(unlike) <= _MOST_SIGNS:
        signs = product((1, -1), repeat=len(unlike))
        sums = [abs(sum(map(float.__mul__, unlike, map(float, s)))) for s in signs]
        return sum(total >= least for total in sums) / len(sums)
    if len(unlike) > MOST_DRAWN:
        spread = sqrt(fsum(difference**2 for difference in unlike))
        return 2 * (1 - _NORMAL.cdf(seen / spread))
    bits = Random(seed).getrandbits  # noqa: S311 - no secret is made of it
    whole = fsum(unlike)
    reached = 0
    for _ in range(DRAWS):
        turned = f"{bits(len(unlike)):0{len(unlike)}b}"
        lost = sum(x for x, sign in zip(unlike, turned, strict=True) if sign == "1")
        reached += abs(whole - 2 * lost) >= least
    return (reached + 1) / (DRAWS + 1)
