"""A file says which market facts it was made with, and is told apart by them."""

from functools import partial
from itertools import repeat
from typing import Any

import pytest

from audits.landscape import in_force
from audits.landscape.loader import built_in
from audits.landscape.overlay import overlaid
from audits.scoring.exchange.document import dump, load
from tests.landscape.made_files import DEARER
from tests.scoring.exchange.changed_attachments import (
    LEVELS,
    RAW,
    at,
    changed,
    fields,
    verified,
)
from tests.scoring.exchange.made_attachments import CASES, attachment

EDITION = ("assessment", "landscape")
DEARER_LANDSCAPE = overlaid(DEARER.encode(), "dearer", built_in())
NUMBERS = {
    "requests": "100000",
    "prefix_tokens": "6000",
    "variable_tokens": "500",
    "output_tokens": "300",
    "model": "claude-sonnet-5-5",
}


def made_dearer(numbers: dict[str, str]) -> bytes:
    with in_force.using(partial(next, repeat(DEARER_LANDSCAPE))):
        return attachment(CASES[0], LEVELS, numbers)


def test_assessment_keeps_which_facts_it_was_made_with() -> None:
    verification = verified(RAW)
    assert verification.assessment is not None

    assert at(EDITION) == {
        "sha256": built_in().sha256,
        "as_of": built_in().as_of.isoformat(),
    }
    assert load(dump(verification.assessment)).landscape == built_in().edition


def test_paper_made_with_other_facts_says_in_a_sentence_why_it_is_not_set_again() -> (
    None
):
    verification = verified(made_dearer(NUMBERS))

    assert verification.outcome == "refused"
    [why] = verification.refused
    assert why.field == "assessment.landscape"
    assert why.sentence == (
        "The paper was made with other market facts (of 28 November 2026, "
        f"{DEARER_LANDSCAPE.sha256[:12]}…) than those in force here now (of 27 "
        f"November 2026, {built_in().sha256[:12]}…), so its verdict and amounts cannot "
        "be set again here: verify it where its market facts are in force."
    )


def test_paper_that_other_facts_do_not_touch_is_reproduced() -> None:
    raw = attachment(CASES[0], LEVELS, {**NUMBERS, "model": "gpt-4o"})

    with in_force.using(partial(next, repeat(DEARER_LANDSCAPE))):
        verification = verified(raw)

    assert verification.outcome == "reproduced"
    assert verification.assessment is not None
    assert verification.assessment.landscape == DEARER_LANDSCAPE.edition


def test_paper_is_reproduced_where_its_facts_are_in_force() -> None:
    raw = made_dearer(NUMBERS)

    with in_force.using(partial(next, repeat(DEARER_LANDSCAPE))):
        assert verified(raw).outcome == "reproduced"


def test_changed_file_differs_whatever_facts_it_names() -> None:
    other = {**at(EDITION), "sha256": "ab" * 32}
    verdict = changed(EDITION, other)

    assert fields(verified(verdict)) == {"file_hash"}
    assert verified(verdict).outcome == "different"


@pytest.mark.parametrize(
    "edition",
    [
        None,
        {},
        "x",
        {"sha256": "AB" * 32, "as_of": "2026-11-24"},
        {"sha256": "ab" * 32, "as_of": "20261124"},
        {"sha256": "ab" * 32, "as_of": "2026-11-24", "more": 1},
    ],
)
def test_facts_in_a_form_that_nobody_writes_differ(edition: Any) -> None:
    verification = verified(changed(EDITION, edition, hashed=True))

    assert verification.outcome == "different"
    assert all(name.startswith("assessment.landscape") for name in fields(verification))
