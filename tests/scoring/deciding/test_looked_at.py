"""Whether somebody looked is said of reasons that the faults leave out."""

import pytest

from tests.scoring.cards.test_cards import assessed


@pytest.mark.parametrize(
    ("fault", "says", "is_looked_at"),
    [
        ("nothing", "Nothing is wrong; ", True),
        ("none_counted", "Nobody has counted the faults; ", False),
    ],
)
def test_reason_that_a_count_leaves_out_was_looked_at(
    fault: str, says: str, *, is_looked_at: bool
) -> None:
    found = assessed({"goal": [fault], "component": "generator"})

    absent = [each for each in found.trace.reasons if each.because.startswith(says)]
    assert absent
    assert {each.looked for each in absent} == {is_looked_at}
