"""Candidates without a difference are rarely told apart, and those with one are."""

from collections.abc import Iterator
from math import sqrt
from random import Random

import pytest

from audits.evaluations.comparing import compared
from audits.evaluations.runs import Case, Run
from audits.evaluations.statistics.pairs import PassedPairs, is_gap
from tests.examples import is_everyday, up_to

RUNS = 1_000


def simulated(
    first: float, second: float, cases: int, seed: int, *, alike: float = 0.5
) -> Iterator[tuple[list[bool], list[bool]]]:
    """Yield what two candidates with these pass rates do on so many cases.

    `alike` is the share of cases on which the luck of both is one, as hard cases are
    hard for both.
    """
    drawn = Random(seed)  # noqa: S311 - no secret is made of it
    for _ in range(up_to(RUNS)):
        luck = [(drawn.random(), drawn.random(), drawn.random()) for _ in range(cases)]
        yield (
            [own < first for own, _, _ in luck],
            [(own if both < alike else other) < second for own, other, both in luck],
        )


def run_of(candidate: str, passed: list[bool]) -> Run:
    cases = tuple(Case(id=str(n), passed=x) for n, x in enumerate(passed))
    return Run(
        tool="CSV", candidate=candidate, cases=cases, n=len(cases), passed=sum(passed)
    )


def share_of_gaps(
    first: float, second: float, cases: int, seed: int, alike: float = 0.5
) -> float:
    found = []
    for one, other in simulated(first, second, cases, seed, alike=alike):
        comparison = compared(run_of("a", one), run_of("b", other))
        assert comparison.pairs is not None
        assert comparison.shared == cases
        found.append(is_gap(comparison.pairs))
    assert len(found) == up_to(RUNS)
    return sum(found) / len(found)


def test_no_difference_is_rarely_a_gap() -> None:
    for cases in (5, 10, 20, 30):
        for rate in (0.5, 0.8, 0.95):
            assert share_of_gaps(rate, rate, cases, seed=cases) <= 0.05


@pytest.mark.thorough
def test_15_points_are_mostly_a_gap_with_200_cases() -> None:
    for first, second in ((0.85, 0.70), (0.70, 0.55), (0.95, 0.80)):
        assert share_of_gaps(first, second, 200, seed=2) >= 0.8
    # The hardest: rates about one half, and nothing in common but the cases.
    assert share_of_gaps(0.575, 0.425, 200, seed=2, alike=0) >= 0.8


@pytest.mark.thorough
def test_scores_without_a_difference_are_rarely_a_gap() -> None:
    drawn = Random(4)  # noqa: S311 - no secret is made of it
    runs = 40 if is_everyday() else 500
    gaps = 0
    for _ in range(runs):
        hard = [drawn.random() for _ in range(25)]
        one, other = (
            tuple(
                Case(id=str(n), score=(x + drawn.random()) / 2)
                for n, x in enumerate(hard)
            )
            for _ in range(2)
        )
        comparison = compared(Run(tool="x", cases=one), Run(tool="x", cases=other))
        assert comparison.scores is not None
        gaps += comparison.scores.is_gap
    # The test's own share is 5 of 100; more than this happens once in 100 simulations.
    assert gaps <= 0.05 * runs + 2.33 * sqrt(0.05 * 0.95 * runs)


def test_small_sets_cannot_show_a_gap_at_all() -> None:
    """Five cases in a row for one side happen once in 16 by chance."""
    assert not is_gap(PassedPairs(only_first=5))
    assert is_gap(PassedPairs(only_first=6))
