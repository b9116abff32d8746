"""What may be kept as a number."""

import pytest

from audits.scoring.numbers.numbers import FIELDS, check


def test_dollars_and_shares_have_decimals_and_shares_are_in_percent() -> None:
    assert {field.id for field in FIELDS if not field.whole} == {
        *("value_per_request", "budget_month", "training_paid", "cache_hit")
    }
    assert [field.id for field in FIELDS if field.percent] == ["cache_hit"]


def test_technique_of_today_is_one_that_has_a_price() -> None:
    check("today", "rag")
    with pytest.raises(ValueError, match="today: one of prompt, "):
        check("today", "hope")
    with pytest.raises(ValueError, match="tomorrow: no such number"):
        check("tomorrow", "rag")


@pytest.mark.parametrize("number", ["0", "0e-40", "1e15", "9.9e15", "1e-15", "0.25"])
def test_number_that_may_count_something_is_kept(number: str) -> None:
    check("requests", number)


@pytest.mark.parametrize(
    ("number", "told"),
    [
        ("many", "requests: must be a number, 0 or more"),
        ("-1", "requests: must be a number, 0 or more"),
        ("Infinity", "requests: must be a number, 0 or more"),
        ("1e16", "requests: too large or too small to be a count"),
        ("9e-16", "requests: too large or too small to be a count"),
    ],
)
def test_number_that_counts_nothing_is_refused(number: str, told: str) -> None:
    with pytest.raises(ValueError, match="requests") as refusal:
        check("requests", number)

    assert str(refusal.value) == told
