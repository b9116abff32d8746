"""A gap that is small only because its cases are few is settled by more of them."""

from decimal import Decimal

import pytest

from audits.scoring.chances.chance import small_by_few
from audits.scoring.scored.answers import Answered
from audits.scoring.scored.candidates import ScoredCandidate

TARGET = Decimal("0.9")
ENOUGH = 200


def result(cases: int, passed: int | None) -> ScoredCandidate:
    return ScoredCandidate(id="c1", kind="prompt", cases=cases, passed=passed)


def more(*rows: ScoredCandidate, target: Decimal | None = TARGET) -> int | None:
    behind = {"quality_gap": rows} if rows else {}
    answered = Answered(codes={}, levels={}, behind=behind, target=target)
    found = small_by_few(answered, ENOUGH)
    return found.more if found else None


@pytest.mark.parametrize(
    ("cases", "passed", "added"),
    [
        # 10 points short: by more than chance explains with 200 cases.
        (60, 48, 140),
        # 5.2 points short, which are small on 200 cases too, and large on 244.
        (125, 106, 119),
    ],
)
def test_as_many_more_are_asked_for_as_make_the_gap_large(
    cases: int, passed: int, added: int
) -> None:
    assert more(result(cases, passed)) == added


def test_a_case_that_failed_is_no_score_of_its_own() -> None:
    assert more(result(1, 0), target=Decimal("0.5")) == 199


@pytest.mark.parametrize(
    ("cases", "passed"),
    [
        (60, 54),  # it meets the target
        (60, 52),  # no more than 5 points short
        (200, 160),  # large on these cases already
        (60, None),  # nobody counted what passed
    ],
)
def test_no_more_are_asked_for_where_few_cases_make_no_difference(
    cases: int, passed: int | None
) -> None:
    assert more(result(cases, passed)) is None


def test_one_result_beside_a_target_is_what_more_cases_are_for() -> None:
    small = result(60, 48)

    assert more() is None
    assert more(small, small) is None
    assert more(small, target=None) is None
