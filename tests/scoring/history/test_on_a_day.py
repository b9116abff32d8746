"""Which verdict of a use case counted at a moment."""

from datetime import UTC, datetime

import pytest

from audits.scoring.history.on_a_day import (
    Run,
    Submitted,
    Then,
    counted_at,
    value_at,
)


def may(day: int) -> datetime:
    return datetime(2027, 5, day, tzinfo=UTC)


def sent(verdict: str, since: int, until: int | None = None) -> Submitted:
    return Submitted(
        verdict=verdict, since=may(since), until=None if until is None else may(until)
    )


RETURNED = Run(submissions=(sent("rag", 3, 5), sent("few_shot", 8)))
SIGNED = Run(submissions=(sent("rag", 3),), signed_at=may(6), verdict="rag")
RENEWAL = Run(submissions=(sent("distil", 10),), signed_at=may(12), verdict="distil")
DISCARDED = Run(submissions=(sent("migrate", 8, 9),))


@pytest.mark.parametrize(
    ("runs", "day", "then"),
    [
        pytest.param([], 9, ("draft", ""), id="nothing"),
        pytest.param([RETURNED], 3, ("draft", ""), id="not before its moment"),
        pytest.param([RETURNED], 4, ("in_review", "rag"), id="waits"),
        pytest.param([RETURNED], 6, ("draft", ""), id="sent back"),
        pytest.param([RETURNED], 9, ("in_review", "few_shot"), id="submitted again"),
        pytest.param([SIGNED], 6, ("in_review", "rag"), id="not yet signed"),
        pytest.param([SIGNED], 7, ("signed_off", "rag"), id="signed"),
        pytest.param([SIGNED, DISCARDED], 9, ("signed_off", "rag"), id="discarded"),
        pytest.param([SIGNED, RENEWAL], 11, ("signed_off", "rag"), id="stays in force"),
        pytest.param([RENEWAL, SIGNED], 13, ("signed_off", "distil"), id="replaced"),
    ],
)
def test_verdict_that_counted(runs: list[Run], day: int, then: tuple[str, str]) -> None:
    assert counted_at(runs, may(day)) == Then(*then)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "was"), [(2, "planned"), (5, "planned"), (6, "building"), (9, "live")]
)
def test_value_is_that_before_the_next_change(day: int, was: str) -> None:
    changes = [(may(5), "planned"), (may(8), "building")]

    assert value_at("live", changes, may(day)) == was
