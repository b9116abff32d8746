"""A number is read as its file shows it, or not at all."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.uploads.tables.amounts import Marks, TwoReadingsError

# What separates thousands, and what begins decimals.
NOTATIONS = [(",", "."), (".", ","), (" ", "."), (" ", ","), ("’", "."), ("", ".")]
numbers = st.decimals(0, 10**9, places=3) | st.integers(0, 10**9).map(Decimal)


def written(number: Decimal, thousands: str, decimal: str) -> str:
    """Return a number as somebody writes it, without zeros at the end."""
    whole, _, part = f"{number:,f}".partition(".")
    part = part.rstrip("0")
    grouped = whole.replace(",", thousands)
    return f"{grouped}{decimal}{part}" if part else grouped


@given(st.lists(numbers, min_size=1, max_size=6), st.sampled_from(NOTATIONS))
def test_numbers_of_one_notation_never_become_others(
    found: list[Decimal], notation: tuple[str, str]
) -> None:
    cells = [written(number, *notation) for number in found]
    marks = Marks()
    for cell in cells:
        marks.learn(cell)

    assert marks.contradiction is None
    for number, cell in zip(found, cells, strict=True):
        try:
            assert marks.number(cell) == number
        except TwoReadingsError:
            assert not marks.decimals
            assert not marks.thousands


@pytest.mark.parametrize(
    "cells",
    [
        ("7,715,979", "19,79"),
        ("7.715.979", "19.79"),
        ("1.5", "1,5"),
        ("1,5", "1’000.5"),
    ],
)
def test_cells_that_cannot_be_of_one_notation_contradict(
    cells: tuple[str, str],
) -> None:
    marks = Marks()
    for cell in cells:
        marks.learn(cell)

    assert marks.contradiction is not None


@pytest.mark.parametrize(
    "cell", ["", "many", "-5", "1,00,0", "1.234.56", "1,234,567,89", "0,123,456", "٣"]
)
def test_other_text_is_no_number(cell: str) -> None:
    marks = Marks()
    marks.learn(cell)

    assert marks.number(cell) is None
