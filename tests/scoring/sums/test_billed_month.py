"""A month at list prices beside its bill: which share of cached text gives the bill."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from audits.landscape.token_prices import Rates, TokenPrices
from audits.scoring.costs.cost_numbers import InputId
from audits.scoring.sums.billed_month import billed_month

PRICES = TokenPrices(
    cache_minimum=1024,
    rates=Rates(input=Decimal("0.4"), output=Decimal("1.6"), cache_read=Decimal("0.1")),
)
CALLS: Mapping[InputId, Decimal] = {
    "requests": Decimal(9345),
    "prefix_tokens": Decimal(2400),
    "variable_tokens": Decimal(742),
    "output_tokens": Decimal(449),
}


def test_bill_without_cached_text_names_the_share_that_gives_it() -> None:
    found = billed_month(CALLS, Decimal("18.48"), PRICES)

    # Uncached: 9,345 × (3,142 × 0.4 + 449 × 1.6) / 1,000,000 = 18.458.
    assert found is not None
    assert found.month < 17
    assert found.assumed is not None
    assert found.assumed > Decimal("0.6")
    assert found.billed == 0


@pytest.mark.parametrize("share", ["0", "0.25", "0.9", "1"])
def test_share_that_gives_the_bill_is_the_one_it_was_made_with(share: str) -> None:
    entered = billed_month({**CALLS, "cache_hit": Decimal(share)}, Decimal(1), PRICES)
    assert entered is not None
    assert (entered.assumed, entered.billed) == (None, None)

    found = billed_month(CALLS, entered.month, PRICES)

    assert found is not None
    assert found.billed == pytest.approx(Decimal(share))


@pytest.mark.parametrize("bill", ["5", "19", "40"])
def test_bill_that_no_share_gives_names_none(bill: str) -> None:
    found = billed_month(CALLS, Decimal(bill), PRICES)

    assert found is not None
    assert found.billed is None


def test_calls_that_are_not_known_have_no_month() -> None:
    without = dict(CALLS)
    del without["output_tokens"]

    assert billed_month(without, Decimal(18), PRICES) is None


def test_cache_that_saves_nothing_explains_no_bill() -> None:
    rates = Rates(
        input=Decimal("0.4"), output=Decimal("1.6"), cache_read=Decimal("0.4")
    )

    found = billed_month(CALLS, Decimal("18.46"), replace(PRICES, rates=rates))

    assert found is not None
    assert found.month.quantize(Decimal("0.01")) == Decimal("18.46")
    assert (found.assumed, found.billed) == (None, None)
