"""How a page words an uncertain number, and what a technique is called."""

from decimal import Decimal

import pytest

from audits.scoring.costs.cost_numbers import SHORT_NAMES, TECHNIQUE_NAMES
from audits.scoring.costs.cost_ranges import TYPICAL, Range


def range_of(low: str, high: str, unit: str) -> Range:
    return Range(
        low=Decimal(low),
        expected=Decimal(low),
        high=Decimal(high),
        unit=unit,
        source="a test",
    )


@pytest.mark.parametrize(
    ("low", "high", "unit", "span"),
    [
        ("0.05", "0.25", "FTE", "5% to 25% of one engineer’s time"),
        ("0.5", "0.95", "share", "50% to 95%"),
        ("0.02", "0.5", "share a month", "2% to 50% a month"),
        ("1", "1.5", "multiplier", "1 to 1.5 times"),
        ("2.69", "12.29", "USD per GPU-hour", "$2.69 to $12.29 a GPU-hour"),
        ("0", "20", "USD, once", "$0 to $20 once"),
        ("2", "4", "replicas", "2 to 4 GPUs"),
        ("10000", "100000", "answers", "10,000 to 100,000 answers"),
        (
            "120000",
            "300000",
            "USD per year",
            "$120,000 to $300,000 a year",
        ),
        ("0.2", "1.5", "USD per example", "$0.20 to $1.50 an example"),
        ("1.99", "6.88", "USD per hour", "$1.99 to $6.88 an hour"),
        ("0.0004", "0.02", "USD per request", "$0.0004 to $0.02 a call"),
    ],
)
def test_range_says_of_what_it_is(low: str, high: str, unit: str, span: str) -> None:
    assert range_of(low, high, unit).span == span


def test_typical_numbers_name_a_source_that_a_reader_can_judge() -> None:
    said = "Attune’s estimate, checked on 24 November 2026"
    assert {found.source for found in TYPICAL.values()} == {said}


def test_short_name_is_how_the_long_one_begins() -> None:
    for technique, name in TECHNIQUE_NAMES.items():
        assert name.startswith(SHORT_NAMES[technique])


@pytest.mark.parametrize(
    ("unit", "said"),
    [("replicas", "1 GPU"), ("runs", "1 run"), ("passes", "1 pass"), ("days", "1 day")],
)
def test_one_of_a_thing_is_not_written_as_several(unit: str, said: str) -> None:
    one = Decimal(1)

    assert Range(low=one, expected=one, high=one, unit=unit, source="").usual == said
