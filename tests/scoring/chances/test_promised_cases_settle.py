"""What is promised to settle a result does settle it, as often as is said."""

import re
from decimal import Decimal
from itertools import product
from math import ceil, exp, floor, lgamma, log

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from audits.evaluations.statistics.shares import wilson
from audits.evaluations.statistics.sizes import said_cases_needed
from audits.scoring.chances.settling import settles
from audits.scoring.scored.against import against_target
from audits.scoring.scored.candidates import ScoredCandidate
from tests.examples import up_to

PROMISE = re.compile(r"about ([\d,]+) more cases? would show it if as many pass")
CHANCE = re.compile(r"(\d+)(?: to (\d+))? may be chance, (\d+) is not")


def is_settled(passed: int, n: int, mark: float) -> bool:
    found = wilson(passed, n)
    return found.low >= mark or found.high < mark


def share_settled(passed: int, n: int, mark: float, more: int) -> float:
    """Return how often more cases like those counted settle them all."""
    share = passed / n
    of = (x for x in range(more + 1) if is_settled(passed + x, n + more, mark))
    ways = lgamma(more + 1)
    return sum(
        exp(
            ways
            - lgamma(x + 1)
            - lgamma(more - x + 1)
            + x * log(share)
            + (more - x) * log(1 - share)
        )
        for x in of
    )


MARKS = (60, 70, 80, 85, 90, 92, 95)


@pytest.mark.parametrize("n", [10, 20, 30, 50, 90])
def test_promised_cases_settle_in_four_of_five_tries(n: int) -> None:
    promises = 0
    for mark, passed in product(MARKS, range(n // 3, n)):
        row = ScoredCandidate(id="c1", kind="prompt", cases=n, passed=passed)
        said = PROMISE.search(against_target(row, Decimal(mark) / 100))
        more = int(said[1].replace(",", "")) if said else 0
        if not more or n + more >= 1_000:  # above, it is that of a published formula
            continue
        promises += 1
        assert share_settled(passed, n, mark / 100, more) >= 0.8
        # And always, if the same share of them passes.
        for end in (floor, ceil):
            assert is_settled(passed + end(passed * more / n), n + more, mark / 100)
    assert promises > 5


def test_what_the_new_cases_pass_decides_whether_they_settle() -> None:
    # 24 of 30, with a target of 90: 59 more like them leave 81 of 89 to chance.
    assert said_cases_needed(24, 30, 0.9) == 59
    assert is_settled(24 + 47, 89, 0.9)
    assert not is_settled(24 + 57, 89, 0.9)


@given(cases=st.integers(10, 400), mark=st.integers(50, 97))
@settings(max_examples=up_to(60))
def test_count_that_is_said_to_be_no_chance_is_none(cases: int, mark: int) -> None:
    enough = ceil(Decimal(mark) * cases / 100)
    said = settles(f"{mark} of 100 cases pass: {enough:,} of {cases:,}").says
    found = CHANCE.search(said)
    assume(found)
    assert found
    first, last, certain = (int(x or found[1]) for x in found.groups())

    assert (first, last) == (enough, certain - 1)
    assert is_settled(certain, cases, mark / 100)
    assert not any(is_settled(x, cases, mark / 100) for x in range(first, certain))
