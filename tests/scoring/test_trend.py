import pytest

from audits.scoring.confidence import Level, Trend, trend


@pytest.mark.parametrize(
    ("before", "now", "moved"),
    [
        ("low", "medium", "stronger"),
        ("medium", "high", "stronger"),
        ("low", "low", "steady"),
        ("high", "high", "steady"),
        ("high", "medium", "weaker"),
        ("medium", "low", "weaker"),
        (None, "high", None),
        ("high", None, None),
    ],
)
def test_confidence_moves_only_between_two_that_are_known(
    before: Level | None, now: Level | None, moved: Trend | None
) -> None:
    assert trend(before, now) == moved
