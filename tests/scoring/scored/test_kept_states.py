"""However a candidate is changed, the oldest state that counted is kept or is back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audits.scoring.results_behind.replaced_results import (
    change_said,
    changes_of,
    is_changed,
    lacks,
)
from audits.scoring.scored.candidates import (
    Candidates,
    ScoredCandidate,
    WrongFile,
    lessened,
)
from audits.scoring.scored.replaced.moving import moving
from audits.scoring.scored.replaced.replacing import (
    has_counted,
    is_as_now,
    remembering,
    state_of,
    with_state,
)
from audits.scoring.scored.values import MOST_REPLACED, candidates_of, value_of
from tests.examples import DEAR, up_to

DAY = date(2026, 11, 28)
WRONG = WrongFile(reason="Test run", file="a.csv", by="Rosa", day=DAY)
FIRST = ScoredCandidate(
    id="c1", kind="prompt", cases=60, passed=50, sha256="0f" * 32, by="Rosa"
)
CHANGES: tuple[Callable[[ScoredCandidate], ScoredCandidate], ...] = (
    lambda row: replace(row, is_allowed=not row.is_allowed),
    lambda row: replace(row, kind="tuned"),
    lambda row: replace(row, kind="prompt"),
    lambda row: replace(row, is_removed=True),
    lambda row: replace(row, is_removed=True, wrong=WRONG),
    lambda row: replace(row, is_removed=False, wrong=None),
    lambda row: replace(row, passed=20),
    lambda row: replace(row, passed=50),
    lambda row: replace(row, model="gpt-5"),
    lambda row: replace(row, settings="Version 2"),
)


@given(st.lists(st.sampled_from(CHANGES), max_size=80))
@settings(max_examples=up_to(300, DEAR))
def test_oldest_state_that_counted_is_kept_unless_it_is_back(
    changes: list[Callable[[ScoredCandidate], ScoredCandidate]],
) -> None:
    row = FIRST
    for change in changes:
        after = lessened(row, change(row))
        row = remembering(row, after, by="Omar", on=DAY)

    assert candidates_of({"c1": value_of(row)}).rows == (row,)
    assert len(row.replaced) <= MOST_REPLACED
    counted = [x for x in row.replaced if has_counted(x) and not x.is_undone]
    is_kept = bool(counted) and with_state(FIRST, counted[0]) == FIRST
    assert is_kept or is_as_now(row, state_of(FIRST))
    for _, earlier, later in changes_of(row):
        said = change_said(row, earlier, later)
        assert ",  by" not in said
        assert "been ." not in said


def test_first_target_stays_however_often_it_is_moved() -> None:
    found = Candidates(rows=(FIRST,), target=Decimal("0.85"))
    for number in range(MOST_REPLACED + 10):
        after = replace(found, target=Decimal(number) / 100_000)
        found = moving(found, after, by="Rosa", on=DAY)

    assert len(found.moved) == MOST_REPLACED
    assert found.moved[0].target == Decimal("0.85")


def test_what_a_newer_file_tells_of_the_result_before_is_kept_with_the_change() -> None:
    told = replace(state_of(FIRST), missing=20, missing_failed=9)
    after = replace(FIRST, cases=40, passed=39, replaced=(told,))

    kept = remembering(FIRST, after, by="Omar", on=DAY)

    assert kept.replaced == (replace(told, by="Omar", on=DAY),)


def test_typed_result_is_kept_if_it_counted() -> None:
    typed = replace(FIRST, sha256="", run_by="Rosa", day=DAY, link="https://x.test")
    few = replace(typed, cases=5, passed=4)
    assert few.why_not

    after = remembering(typed, replace(typed, passed=20), by="Omar", on=DAY)
    corrected = remembering(few, replace(few, passed=5), by="Omar", on=DAY)

    assert [state.passed for state in after.replaced] == [50]
    assert corrected.replaced == ()


def test_result_that_was_removed_as_a_wrong_file_has_words_of_its_own() -> None:
    gone = replace(FIRST, is_removed=True)

    assert is_changed(gone)
    assert not is_changed(replace(gone, wrong=WRONG))


@pytest.mark.parametrize(
    ("missing", "failed", "said"),
    [
        (1, 1, "1 earlier case is missing: it had failed."),
        (1, 0, "1 earlier case is missing: it had passed."),
        (4, 0, "4 earlier cases are missing: none of them had failed."),
        (4, 4, "4 earlier cases are missing: all of them had failed."),
        (4, None, "4 earlier cases are missing."),
    ],
)
def test_cases_that_are_missing_are_told_with_what_they_were(
    missing: int, failed: int | None, said: str
) -> None:
    earlier = replace(state_of(FIRST), missing=missing, missing_failed=failed)

    assert [*lacks(earlier, FIRST)] == [said]
