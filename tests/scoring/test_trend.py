import pytest

from audits.frameworks.loading.loader import published
from audits.scoring.explaining.grades.strength import IN_SHORT, STRENGTHS, Trend, trend


@pytest.mark.parametrize(
    ("before", "now", "moved"),
    [
        ("none", "said", "stronger"),
        ("said", "small_test", "stronger"),
        ("small_test", "solid_test", "stronger"),
        ("solid_test", "live_outcomes", "stronger"),
        ("none", "none", "steady"),
        ("live_outcomes", "live_outcomes", "steady"),
        ("live_outcomes", "said", "weaker"),
        ("said", "none", "weaker"),
        ("", "said", None),
        ("said", "", None),
    ],
)
def test_evidence_moves_only_between_two_that_are_told(
    before: str, now: str, moved: Trend | None
) -> None:
    assert trend(before, now) == moved


def test_every_strength_of_the_framework_has_a_place_and_a_short_name() -> None:
    told = {row.id for row in published("fine_tuning", 2).strengths}

    assert told == set(STRENGTHS) == set(IN_SHORT)
