"""A team's numbers, priced on the market of a day."""

import gc
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from audits.scoring.costs.cost_numbers import InputId
from audits.scoring.pricing.pricing import Numbers, computed_on, economics

DAY = date(2026, 11, 24)
TOKENS: dict[InputId, Decimal] = {
    "requests": Decimal(100_000),
    "prefix_tokens": Decimal(6000),
    "variable_tokens": Decimal(500),
    "output_tokens": Decimal(300),
}


def events(model: str, on: date) -> list[tuple[date, str]]:
    """Return what happens to a prompt on a model within 12 months."""
    price = economics(Numbers(given=TOKENS, model=model), on).plan.of("prompt").price
    assert price is not None
    return [(event.day, event.kind) for event in price.calendar.events]


@pytest.mark.parametrize(
    ("model", "on", "found"),
    [
        # It doubles once; other models' prices change on other days.
        ("gemini-4-argon", DAY, [(date(2026, 12, 1), "price")]),
        ("gemini-3.8-flash", DAY, [(date(2027, 1, 1), "price")]),
        ("claude-sonnet-5-5", DAY, []),
        # Its end counts in the last month that begins before it, and no day later.
        ("gpt-5", date(2025, 12, 12), [(date(2026, 12, 11), "end")]),
        ("gpt-5", date(2025, 12, 11), []),
    ],
)
def test_what_is_announced_is_in_the_calendar_for_12_months(
    model: str, on: date, found: list[tuple[date, str]]
) -> None:
    assert events(model, on) == found


def test_price_of_a_gpu_comes_with_its_source_and_day() -> None:
    priced = economics(Numbers(given=TOKENS, tuned="gpt-4o-mini"), DAY)

    sources = {swing.input_id: swing.values.source for swing in priced.swings}
    assert sources["gpu_hour"] == (
        "Prices of rented GPUs, from DataReceipts, checked on 9 November 2026"
    )


def tuned_month(**more: Decimal) -> Decimal:
    """Return what a tuned model of OpenAI costs a month."""
    given: dict[InputId, Decimal] = {**TOKENS, **more}  # type: ignore[dict-item]
    plan = economics(Numbers(given=given, tuned="gpt-4o-mini"), DAY).plan
    price = plan.of("fine_tune_hosted").price
    assert price is not None
    return price.month.expected


def test_hosting_that_a_team_gives_counts() -> None:
    hour = Decimal("1.7")

    more = tuned_month(tuned_hosting_hour=hour) - tuned_month()

    assert more == hour * 730


@pytest.mark.parametrize(
    ("given", "model", "fit"),
    [
        # A window of 1,000,000 tokens is relied on for 500,000, and tight from 300,000.
        ({"prefix_tokens": Decimal(299_999)}, "claude-sonnet-5-5", "fits"),
        ({"prefix_tokens": Decimal(300_000)}, "claude-sonnet-5-5", "tight"),
        ({"knowledge_tokens": Decimal(500_001)}, "claude-sonnet-5-5", "exceeds"),
        (
            {"prefix_tokens": Decimal(299_999), "variable_tokens": Decimal(1)},
            "claude-sonnet-5-5",
            "tight",
        ),
        # The documents are a part of the prefix.
        (
            {"prefix_tokens": Decimal(299_999), "knowledge_tokens": Decimal(290_000)},
            "claude-sonnet-5-5",
            "fits",
        ),
        # Without a model there is no window, without tokens nothing to fit.
        (TOKENS, None, None),
        ({"requests": Decimal(1)}, "claude-sonnet-5-5", None),
    ],
)
def test_fit_is_that_of_all_input_tokens_in_the_model_named(
    given: dict[InputId, Decimal], model: str | None, fit: str | None
) -> None:
    priced = economics(Numbers(given=given, model=model), DAY)

    assert priced.computed.get("context_fit") == fit


@pytest.mark.parametrize("price", [economics, computed_on])
def test_what_was_priced_is_freed_without_the_collector_of_cycles(
    price: Callable[[Numbers, date], object],
) -> None:
    numbers = Numbers(given=TOKENS, model="gpt-4.1", tuned="gpt-4.1-mini")
    price(numbers, DAY)
    gc.freeze()  # so that what is there already is not looked through
    gc.disable()
    try:
        price(numbers, DAY)
        left = gc.collect()
    finally:
        gc.enable()
    assert left == 0


def test_tuned_model_that_nobody_chose_is_not_said_to_have_no_price() -> None:
    numbers = Numbers(given={"requests": Decimal(1000)})
    why = economics(numbers, date(2026, 11, 27)).plan.of("fine_tune_hosted").unpriced
    before = economics(numbers, date(2022, 2, 1)).plan.of("fine_tune_hosted").unpriced

    assert why == "The team chose no model to tune"
    assert before == "No price per token is known for a tuned model"
