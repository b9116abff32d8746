"""The reviewer confirms that two results that are nearly alike are two tests."""

from dataclasses import replace

import pytest

from audits.scoring.explaining.advice import NEAR_COPY
from audits.scoring.scored.candidates import SameOutcomes, ScoredCandidate
from tests.scoring.test_untested_ways import (
    OPTIMISED,
    SPLIT,
    STRONGEST,
    assessed,
    checks,
)

NEARLY = SameOutcomes(of=STRONGEST.id, cases=150, differ=2)
CONFIRM = (
    "the reviewer confirms in words that “big (Stronger model)” and “in parts (Task "
    "split into smaller calls)” are different tests, as they passed and failed the "
    "same 148 of 150 cases"
)
PROMPT = replace(STRONGEST, id="c4", kind="prompt", model="today")


def test_near_copy_that_closes_a_check_is_confirmed_first() -> None:
    found = assessed(STRONGEST, OPTIMISED, replace(SPLIT, same=NEARLY))

    assert checks(found) == [NEAR_COPY]
    assert found.advice is not None
    assert found.advice.standing == "subject_to"
    assert f"once {CONFIRM}" in found.headline


def test_copy_that_comes_before_what_it_closes_with_is_confirmed_alike() -> None:
    later = replace(PROMPT, same=replace(NEARLY, of=SPLIT.id))

    assert checks(assessed(STRONGEST, OPTIMISED, SPLIT, later)) == [NEAR_COPY]


@pytest.mark.parametrize(
    "last",
    [
        replace(PROMPT, same=replace(NEARLY, of="gone")),
        replace(PROMPT, same=replace(NEARLY, of="c5")),
        replace(PROMPT, same=replace(NEARLY, of=SPLIT.id), is_removed=True),
    ],
    ids=["of none", "closes nothing", "removed"],
)
def test_near_copy_that_closes_no_check_needs_no_words(last: ScoredCandidate) -> None:
    other = replace(PROMPT, id="c5", model="older")

    found = assessed(STRONGEST, OPTIMISED, SPLIT, other, last)

    assert NEAR_COPY not in checks(found)


def test_one_confirmation_is_asked_for_whatever_is_alike() -> None:
    copies = [replace(x, same=NEARLY) for x in (OPTIMISED, SPLIT)]

    assert checks(assessed(STRONGEST, *copies)).count(NEAR_COPY) == 1
