"""What is announced of models, as portfolio checks read it."""

from datetime import date, timedelta
from decimal import Decimal

from audits.landscape.announced import ends, price_rises, stale_prices, tuned_ends

TODAY = date(2026, 11, 25)
RISE = date(2026, 12, 1)


def test_a_rise_is_the_first_later_day_with_a_higher_price() -> None:
    found = price_rises(TODAY)

    argon = found["gemini-4-argon"]
    assert argon.day == RISE
    assert (argon.before.input, argon.after.input) == (Decimal(2), Decimal(4))
    assert all(each.day > TODAY for each in found.values())
    assert "gemini-4-argon" not in price_rises(RISE)
    assert "claude-sonnet-5-5" not in found


def test_ends_are_those_that_are_announced() -> None:
    assert ends(TODAY)["gpt-5"] == date(2026, 12, 11)
    assert "claude-sonnet-5-5" not in ends(TODAY)
    # Tuning closes before the model does.
    assert tuned_ends(TODAY)["gpt-4o-mini"] < ends(TODAY)["gpt-4o-mini"]


def test_prices_are_stale_90_days_after_their_check() -> None:
    assert stale_prices(TODAY) == {}
    checked = stale_prices(date(2027, 6, 1))["gpt-6-luna"]

    assert "gpt-6-luna" in stale_prices(checked + timedelta(days=90))
    assert "gpt-6-luna" not in stale_prices(checked + timedelta(days=89))
