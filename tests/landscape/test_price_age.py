from datetime import date, timedelta

import pytest

from audits.landscape.loader import built_in
from audits.landscape.price_age import price_age

CHECKED = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("days", "grade", "words"),
    [
        (0, "fresh", "Prices checked on 20 November 2026."),
        (1, "fresh", "Prices 1 day old: checked on 20 November 2026."),
        (29, "fresh", "Prices 29 days old: checked on 20 November 2026."),
        (
            30,
            "ageing",
            "Prices 30 days old, checked on 20 November 2026: check them again before "
            "you decide.",
        ),
        (
            89,
            "ageing",
            "Prices 89 days old, checked on 20 November 2026: check them again before "
            "you decide.",
        ),
        (
            90,
            "old",
            "Prices 90 days old, checked on 20 November 2026: too old to decide on. "
            "Update the market facts first.",
        ),
    ],
)
def test_age_is_in_words_and_graded_from_30_and_90_days(
    days: int, grade: str, words: str
) -> None:
    found = price_age(CHECKED, CHECKED + timedelta(days=days))

    assert (found.days, found.grade, found.words) == (days, grade, words)


@pytest.mark.parametrize(
    ("days", "short"),
    [
        # Equal on every page and paper, whose ages count to days of their own.
        (-1, "Prices checked on 20 November 2026"),
        (0, "Prices checked on 20 November 2026"),
        (29, "Prices checked on 20 November 2026"),
        (30, "Prices 30 days old: check them again"),
        (90, "Prices 90 days old: too old to decide on"),
    ],
)
def test_age_is_said_in_few_words_too(days: int, short: str) -> None:
    assert price_age(CHECKED, CHECKED + timedelta(days=days)).short == short


def test_prices_checked_after_the_day_are_not_older_than_it() -> None:
    found = price_age(CHECKED, date(2024, 1, 1))

    assert (found.days, found.grade) == (0, "fresh")
    assert found.words == "Prices of that day, checked again on 20 November 2026."
    assert found.short == "Prices checked on 20 November 2026"


def test_age_that_nobody_knows_is_not_called_fresh() -> None:
    found = price_age(None, CHECKED)

    assert (found.days, found.grade) == (None, "old")


def test_prices_were_checked_on_the_newest_day_of_a_price() -> None:
    assert built_in().prices_checked == date(2026, 11, 20)
