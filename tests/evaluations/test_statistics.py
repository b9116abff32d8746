"""Statistics equal those of independent programs, and have the properties they must."""

import json
from math import exp, isclose, lgamma, log, sqrt
from pathlib import Path
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from audits.evaluations.statistics import sizes
from audits.evaluations.statistics.means import (
    FEWEST_SCORES,
    mean_interval,
    score_gap,
    sign_chance,
)
from audits.evaluations.statistics.pairs import (
    PassedPairs,
    difference_interval,
    is_gap,
    mcnemar,
    newcombe,
)
from audits.evaluations.statistics.shares import Interval, wilson
from audits.evaluations.statistics.sizes import (
    cases_needed,
    pairs_needed,
    scores_needed,
)
from tests.examples import DEAR, DEAREST, up_to

# Computed by scipy and statsmodels: the file says which, and with which script.
EXPECTED = json.loads(
    (Path(__file__).parent / "expected_statistics.json").read_text("utf-8")
)
# Newcombe (1998), table III, method 10: cells e, f, g, h; the limits of (f - g) / n.
NEWCOMBE = [
    ((36, 12, 2, 0), (0.0569, 0.3404)),
    ((20, 12, 2, 16), (0.0562, 0.3292)),
    ((18, 12, 2, 18), (0.0562, 0.3290)),
    ((36, 14, 0, 0), (0.1528, 0.4167)),
    ((35, 14, 0, 1), (0.1461, 0.4175)),
    ((18, 14, 0, 18), (0.1441, 0.3963)),
    ((2, 97, 1, 0), (0.8721, 0.9854)),
    ((1, 97, 1, 1), (0.8736, 0.9850)),
    ((0, 30, 0, 0), (0.8395, 1.0)),
    ((54, 0, 0, 0), (-0.0664, 0.0664)),
    ((30, 0, 0, 24), (-0.0358, 0.0358)),
]
SMALL = st.integers(min_value=0, max_value=60)
TABLES = st.builds(
    PassedPairs, both=SMALL, only_first=SMALL, only_second=SMALL, neither=SMALL
).filter(lambda pairs: pairs.n > 0)
SCORES = st.lists(
    st.floats(min_value=0, max_value=1).map(lambda x: round(x, 3)),
    min_size=FEWEST_SCORES,
    max_size=40,
).filter(lambda scores: min(scores) < max(scores))


def pairs_of(both: int, first: int, second: int, neither: int) -> PassedPairs:
    return PassedPairs(both=both, only_first=first, only_second=second, neither=neither)


@pytest.mark.parametrize(("passed", "n", "low", "high"), EXPECTED["wilson"])
def test_wilson_equals_scipy(passed: int, n: int, low: float, high: float) -> None:
    found = wilson(passed, n)

    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-12)


@pytest.mark.parametrize(("first", "second", "chance"), EXPECTED["mcnemar"])
def test_mcnemar_equals_scipy(first: int, second: int, chance: float) -> None:
    found = mcnemar(PassedPairs(only_first=first, only_second=second))

    assert found == pytest.approx(chance, rel=1e-9)


@pytest.mark.parametrize(("cells", "limits"), NEWCOMBE)
def test_difference_equals_newcombes_table(
    cells: tuple[int, int, int, int], limits: tuple[float, float]
) -> None:
    found = newcombe(pairs_of(*cells))

    assert (found.low, found.high) == pytest.approx(limits, abs=1e-4)


@pytest.mark.parametrize(("differences", "chance"), EXPECTED["signs"])
def test_chance_of_signs_equals_scipy(differences: list[float], chance: float) -> None:
    tolerance = 1e-12 if len(differences) <= 12 else 0.005  # by draws

    assert sign_chance(differences) == pytest.approx(chance, abs=tolerance)


@pytest.mark.parametrize(("scores", "low", "high"), EXPECTED["means"])
def test_interval_of_a_mean_equals_scipy(
    scores: list[float], low: float, high: float
) -> None:
    found = mean_interval(scores)

    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high), abs=(high - low) / 20)


def test_interval_of_a_mean_of_many_scores_is_normal() -> None:
    drawn = Random(3)  # noqa: S311 - no secret is made of it
    scores = [drawn.random() for _ in range(501)]
    mean = sum(scores) / 501
    error = sqrt(sum((score - mean) ** 2 for score in scores) / 500 / 501)

    found = mean_interval(scores)
    drawn_of_fewer = mean_interval(scores[:500])

    assert found is not None
    assert (found.low, found.high) == pytest.approx(
        (mean - 1.959964 * error, mean + 1.959964 * error)
    )
    assert drawn_of_fewer is not None
    width = drawn_of_fewer.high - drawn_of_fewer.low
    assert width == pytest.approx(found.high - found.low, rel=0.1)


def test_wilson_refuses_what_no_run_has() -> None:
    for passed, n in ((0, 0), (3, 2), (-1, 2)):
        with pytest.raises(ValueError, match="cases"):
            wilson(passed, n)


@given(n=st.integers(1, 100_000), data=st.data())
@settings(max_examples=up_to(500))
def test_wilson_holds_the_share_and_is_symmetric(n: int, data: st.DataObject) -> None:
    passed = data.draw(st.integers(0, n))

    found, mirrored = wilson(passed, n), wilson(n - passed, n)

    assert 0 <= found.low <= passed / n <= found.high <= 1
    assert passed / n in found
    assert found.low == pytest.approx(1 - mirrored.high, abs=1e-12)


@given(n=st.integers(2, 2_000), data=st.data())
@settings(max_examples=up_to(500))
def test_wilson_rises_with_what_passed_and_narrows_with_cases(
    n: int, data: st.DataObject
) -> None:
    passed = data.draw(st.integers(0, n - 1))

    found, more = wilson(passed, n), wilson(passed + 1, n)
    wide, narrow = wilson(passed, n), wilson(4 * passed, 4 * n)

    assert found.low < more.low
    assert found.high < more.high
    assert narrow.high - narrow.low < wide.high - wide.low


@given(pairs=TABLES)
@settings(max_examples=up_to(500))
def test_comparison_is_the_same_from_both_sides(pairs: PassedPairs) -> None:
    found, swapped = difference_interval(pairs), difference_interval(pairs.swapped)

    assert mcnemar(pairs) == mcnemar(pairs.swapped)
    assert is_gap(pairs) == is_gap(pairs.swapped)
    assert pairs_needed(pairs) == pairs_needed(pairs.swapped)
    assert (found.low, found.high) == pytest.approx((-swapped.high, -swapped.low))


@given(pairs=TABLES)
@settings(max_examples=up_to(500))
def test_interval_of_the_difference_holds_it_and_never_contradicts_the_test(
    pairs: PassedPairs,
) -> None:
    found = difference_interval(pairs)

    assert -1 <= found.low <= found.high <= 1
    assert found.low - 1e-12 <= pairs.difference <= found.high + 1e-12
    assert is_gap(pairs) == (not found.low <= 0 <= found.high)


@given(unlike=st.integers(2, 300), data=st.data())
@settings(max_examples=up_to(300, DEAR))
def test_mcnemar_falls_as_one_side_wins_more(unlike: int, data: st.DataObject) -> None:
    fewer = data.draw(st.integers(0, unlike // 2))

    def chance(count: int) -> float:
        return mcnemar(PassedPairs(only_first=count, only_second=unlike - count))

    assert 0 < chance(fewer) <= 1
    assert fewer == 0 or chance(fewer - 1) <= chance(fewer)


def test_mcnemar_of_many_cases_goes_on_smoothly() -> None:
    exact = mcnemar(PassedPairs(only_first=460, only_second=540))
    summed = mcnemar(PassedPairs(only_first=460, only_second=541))

    assert summed < exact
    assert isclose(summed, exact, rel_tol=0.1)


@given(scores=SCORES)
@settings(max_examples=up_to(150, DEAR))
def test_interval_of_a_mean_holds_it_and_is_the_same_each_time(
    scores: list[float],
) -> None:
    found = mean_interval(scores)

    assert found is not None
    assert min(scores) <= found.low <= found.high <= max(scores)
    assert found.low <= sum(scores) / len(scores) <= found.high
    assert mean_interval(scores) == found


def test_few_scores_and_equal_scores_have_no_interval() -> None:
    assert mean_interval([0.1 * place for place in range(9)]) is None
    assert mean_interval([0.1 * place for place in range(10)]) is not None
    assert mean_interval([0.7] * 50) is None


@given(scores=SCORES)
@settings(max_examples=up_to(60, DEAREST))
def test_gap_of_scores_is_the_same_from_both_sides(scores: list[float]) -> None:
    pairs = [(score, 0.5) for score in scores]

    found, swapped = score_gap(pairs), score_gap([(b, a) for a, b in pairs])

    assert found.difference == pytest.approx(-swapped.difference)
    assert found.chance == pytest.approx(swapped.chance, abs=0.03)
    assert score_gap(pairs) == found


@given(n=st.integers(10, 400), mark=st.integers(50, 95), data=st.data())
@settings(max_examples=up_to(300))
def test_cases_needed_have_80_percent_power(
    n: int, mark: int, data: st.DataObject
) -> None:
    passed = data.draw(st.integers(n // 2, n - 1))
    share, wanted = passed / n, mark / 100
    assume(0.05 < abs(share - wanted) < 0.3)

    more = cases_needed(passed, n, wanted)

    assert more is not None
    assert more == 0 or power(share, wanted, n + more) >= 0.8
    # Fewer than a dozen cases pass in steps too coarse to tell.
    third = (n + more) // 3
    assert more == 0 or third < 12 or power(share, wanted, third) < 0.6


def power(share: float, mark: float, n: int) -> float:
    """Return how likely n cases put the mark outside of the interval."""
    told = (k for k in range(n + 1) if n and mark not in wilson(k, n))
    return sum(exp(_log_chance(share, k, n)) for k in told)


def _log_chance(share: float, passed: int, n: int) -> float:
    """Return the logarithm of the chance that this many of n cases pass."""
    ways = lgamma(n + 1) - lgamma(passed + 1) - lgamma(n - passed + 1)
    return ways + passed * log(share) + (n - passed) * log(1 - share)


@pytest.mark.parametrize(
    ("passed", "n", "mark", "more"),
    [(75, 100, 0.8, 428), (85, 100, 0.8, 371), (970, 1000, 0.96, 1785)],
)
def test_cases_needed_follow_the_published_formula(
    passed: int, n: int, mark: float, more: int
) -> None:
    share = passed / n
    spread = 1.959964 * sqrt(mark * (1 - mark)) + 0.841621 * sqrt(share * (1 - share))

    assert cases_needed(passed, n, mark) == more
    assert n + more == pytest.approx((spread / (share - mark)) ** 2, rel=0.02)


def test_sizes_are_none_without_a_difference() -> None:
    assert cases_needed(24, 30, 0.8) is None
    assert cases_needed(800_001, 1_000_000, 0.8) is None
    assert cases_needed(95, 100, 0.8) == 0
    assert pairs_needed(PassedPairs(both=9, only_first=3, only_second=3)) is None
    assert pairs_needed(PassedPairs(both=9, only_first=30, only_second=3)) == 0
    assert scores_needed([0.25, 0.75], 0.5) is None


def test_sizes_of_all_that_passed() -> None:
    """35 of 35 put the lower end above 90 of 100, and 34 of 34 do not."""
    assert cases_needed(10, 10, 0.9) == 25
    assert wilson(35, 35).low > 0.9 > wilson(34, 34).low


@pytest.mark.parametrize("mark", [0.05, 0.5, 0.8, 0.97, 0.999])
def test_lower_end_rises_with_the_cases_that_pass(mark: float) -> None:
    for n in (1, 2, 30, 199, 1000):
        lows = [wilson(k, n).low for k in range(n + 1)]

        assert lows == sorted(lows)
        above = [low > mark for low in lows]
        assert above == sorted(above)


def test_power_is_counted_from_few_intervals(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[tuple[int, int]]()

    def counted(passed: int, n: int) -> Interval:
        asked.append((passed, n))
        return wilson(passed, n)

    monkeypatch.setattr(sizes, "wilson", counted)
    sizes.cases_needed.cache_clear()  # other tests may have asked the same

    assert cases_needed(170, 200, 0.9) == 120
    assert 0 < len(asked) < 20 * len({n for _, n in asked})
