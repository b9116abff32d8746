"""What numbers assume is said beside the latest month, if the two differ a lot."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.tracking.assumed import (
    Assumed,
    assumed_in,
    beside_month,
    latest_month,
)
from audits.scoring.tracking.months import Used
from audits.scoring.tracking.outcomes import ComparedMonth, months_of, values_of
from audits.scoring.tracking.words import SYNTHETIC
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS

OCTOBER = ComparedMonth(
    first=date(2026, 10, 1),
    place="above",
    said=Decimal(9000),
    low=Decimal(8000),
    high=Decimal(10000),
    seen=Decimal(20055),
    parts=(),
    rest=Decimal(0),
    is_at_list_prices=False,
    why_unknown="",
    file="f",
    is_synthetic=False,
    used=Used(
        requests=2_500_000,
        input_tokens=10_000_000_000,
        cached_tokens=5_000_000_000,
        output_tokens=750_000_000,
        models=("claude-haiku-4-5",),
    ),
)
ALIKE = Assumed(
    calls=Decimal(2_500_000),
    input_tokens=4000,
    output_tokens=300,
    cached=Fraction(1, 2),
    model="claude-haiku-4-5",
    month=Band(low=Decimal(15000), expected=Decimal(19000), high=Decimal(24000)),
)
LESS = Band(low=Decimal(2000), expected=Decimal(2488), high=Decimal(3000))


def test_numbers_like_the_month_say_nothing() -> None:
    near = replace(
        ALIKE,
        calls=Decimal(1_875_000),
        input_tokens=5000,
        output_tokens=225,
        cached=Fraction(3, 4),
    )

    assert [*beside_month(near, OCTOBER)] == []


@pytest.mark.parametrize(
    ("assumed", "told"),
    [
        (
            replace(ALIKE, calls=Decimal(1_300_000), month=LESS),
            "October 2026 had 2,500,000 calls and cost $20,055; these numbers assume "
            "1,300,000 calls and $2,488 a month.",
        ),
        (
            replace(ALIKE, month=LESS),
            "October 2026 had 2,500,000 calls and cost $20,055; these numbers assume "
            "2,500,000 calls and $2,488 a month.",
        ),
        (
            replace(ALIKE, calls=Decimal(3_125_001), month=None),
            "October 2026 had 2,500,000 calls; these numbers assume 3,125,001 calls a "
            "month.",
        ),
        (
            replace(ALIKE, input_tokens=2999, output_tokens=376),
            "A call had 4,000 tokens in and 300 tokens out on average; these numbers "
            "assume 2,999 in and 376 out.",
        ),
        (
            replace(ALIKE, cached=Fraction(24, 100)),
            "50 of 100 tokens in were read from the cache; these numbers assume 24.",
        ),
        (
            replace(ALIKE, model="claude-sonnet-5-5"),
            "It ran on Claude Haiku 4.5; these numbers assume Claude Sonnet 5.5.",
        ),
    ],
)
def test_what_differs_a_lot_is_one_sentence(assumed: Assumed, told: str) -> None:
    assert [*beside_month(assumed, OCTOBER)] == [told]


def test_synthetic_month_is_said_to_be_one_and_real_ones_come_first() -> None:
    rehearsed = replace(OCTOBER, first=date(2026, 11, 1), is_synthetic=True)

    told = [*beside_month(replace(ALIKE, month=LESS), rehearsed)]

    assert told[-1] == SYNTHETIC
    assert len(told) == 2
    assert latest_month([rehearsed, OCTOBER]) == OCTOBER
    assert latest_month([rehearsed]) == rehearsed
    assert latest_month([]) is None


def test_month_stored_before_its_use_was_kept_tells_its_cost_alone() -> None:
    [value] = values_of([OCTOBER])
    kept = months_of([value])
    del value["used"]

    [old] = months_of([value])

    assert kept == (OCTOBER,)
    assert old.used is None
    assert [*beside_month(replace(ALIKE, month=LESS, model="gpt-5"), old)] == [
        "October 2026 cost $20,055; these numbers assume $2,488 a month."
    ]


@pytest.mark.parametrize(
    ("numbers", "tokens", "cached"),
    [
        ({}, 6500, Fraction(54, 65)),
        # Too little text to be kept, and no call with any.
        ({"prefix_tokens": "100"}, 600, Fraction(0)),
        ({"prefix_tokens": "0", "variable_tokens": "0"}, 0, None),
    ],
)
def test_numbers_assume_what_share_of_the_tokens_comes_from_the_cache(
    numbers: dict[str, str], tokens: int, cached: Fraction | None
) -> None:
    found = assumed_in(current(), assessed(ANSWERS["prompt_long_context"], **numbers))

    assert (found.input_tokens, found.cached) == (tokens, cached)
    assert found.model == "claude-sonnet-5-5"
