"""Points are written in tenths, and a half is rounded as people expect."""

from decimal import Decimal

import pytest

from audits.scoring.deciding.shortfalls import gap_word
from audits.scoring.scored.marks.small_gaps import gap_size, over_five_points
from tests.scoring.letters import scored


@pytest.mark.parametrize(
    ("target", "passed", "cases", "points"),
    [
        ("0.9", 69, 80, "3.8 points"),
        ("0.9", 138, 160, "3.8 points"),
        ("0.95", 74, 80, "2.5 points"),
        ("0.9", 89, 100, "1 point"),
        ("0.9", 87, 100, "3 points"),
        ("0.9", 71, 80, "1.3 points"),
    ],
)
def test_half_a_tenth_is_rounded_up(
    target: str, passed: int, cases: int, points: str
) -> None:
    said = gap_size(scored("prompt", passed, cases), Decimal(target))

    assert said.startswith(f"{points} below the target")


@pytest.mark.parametrize("cases", [40, 243, 244, 1000, 20_000])
def test_exactly_five_points_are_never_a_large_gap(cases: int) -> None:
    assert gap_word(0.9, 0.85, cases) == "small"
    assert gap_word(0.9, 0.849, 20_000) == "large"


def test_gap_of_over_five_points_is_said_without_what_is_before_it() -> None:
    gap = "5.1 points below the target: on 60 cases, up to 10.1 are small"

    assert over_five_points(f"By the results; {gap}") == f"results are {gap}"
