"""The day of a meeting is read from its words."""

from datetime import date

import pytest

from audits.services.due.meeting_day import meeting_day

DAY = date(2026, 12, 9)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Board, 9 December 2026", DAY),
        ("Board of 9th Dec 2026", DAY),
        ("December 9, 2026: the board", DAY),
        ("2026-12-09", DAY),
        ("9 December 2026 (2026-12-09)", DAY),
        ("Board, 9/12/2026", None),
        ("Board, 9 December", None),
        ("Board, 31 February 2026", None),
        ("9 December 2026 or 10 December 2026", None),
        ("", None),
    ],
)
def test_day_is_read_only_where_it_is_named_without_doubt(
    words: str, day: date | None
) -> None:
    assert meeting_day(words) == day
