"""What a computed answer rests on, on the day on which it changed."""

from datetime import date

import pytest

from audits.frameworks.loading.loader import published
from audits.scoring.history.causes import Cause, cause_of
from audits.scoring.history.market_days import MarketDay

# Gemini 4 Argon has another price from 1 December 2026 on.
NUMBERS = {"model": "gemini-4-argon", "smaller": "gpt-6-luna"}


def cause_on(day: date, numbers: dict[str, str]) -> Cause:
    market_day = MarketDay(day, {}, {"prefix_cost": "matters"})
    return cause_of(published("fine_tuning", 1), "prefix_cost", market_day, numbers)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 11, 30), "computed for Gemini 4 Argon"),
        (date(2026, 12, 1), "because the price of Gemini 4 Argon changed"),
        (date(2026, 12, 2), "computed for Gemini 4 Argon"),
    ],
)
def test_change_of_a_price_is_named_on_its_day_alone(day: date, told: str) -> None:
    cause = cause_on(day, NUMBERS)

    assert cause.said.endswith(f", {told}")
    assert cause.sources
