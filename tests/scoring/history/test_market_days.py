"""The days on which a use case may be decided otherwise, both ends told."""

from datetime import date

import pytest

from audits.frameworks.loading.loader import published
from audits.scoring.history.market_days import days_of, markets

# Gemini 4 Argon came out on the one day and has another price from the other on.
OUT, DEARER = date(2026, 10, 13), date(2026, 12, 1)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (date(2026, 10, 12), DEARER, [OUT, DEARER]),
        (OUT, DEARER, [DEARER]),
        (date(2026, 10, 12), date(2026, 11, 30), [OUT]),
        (DEARER, date(2026, 12, 31), []),
    ],
)
def test_days_of_a_model_are_after_the_first_and_up_to_the_last(
    first: date, last: date, days: list[date]
) -> None:
    assert list(days_of({"model": "gemini-4-argon"}, first, last)) == days


def test_market_of_the_last_day_is_among_them() -> None:
    first, last = date(2022, 1, 1), date(2023, 3, 14)

    found = markets(published("fine_tuning", 1), first, last)

    assert max(found.by_day) == last
    assert found.on(last) is found.by_day[last]
    assert found.on(date(2023, 3, 13)) is not found.by_day[last]
