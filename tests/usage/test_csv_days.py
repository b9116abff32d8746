"""A CSV file has a row for each day and model, and empty cells are not zero."""

from datetime import date
from decimal import Decimal

import pytest

from audits.usage.rows import Usage
from tests.usage.made_usage import read_bytes


def test_all_columns_are_read_in_any_order() -> None:
    content = (
        "Cost,Currency,Day,Model,Output tokens,Cached input,Input,Requests,Note\n"
        "12.50,EUR,2026-09-02,b,300,100,1000,7,x\n\n0,EUR,2026-09-01,a,1,0,2,3,\n"
    )

    found = read_bytes(content.encode())

    assert found.rows == (
        Usage(
            day=date(2026, 9, 1),
            model="a",
            requests=3,
            input_tokens=2,
            cached_tokens=0,
            output_tokens=1,
            cost=Decimal(0),
        ),
        Usage(
            day=date(2026, 9, 2),
            model="b",
            requests=7,
            input_tokens=1000,
            cached_tokens=100,
            output_tokens=300,
            cost=Decimal("12.50"),
        ),
    )
    assert (found.first, found.last) == (date(2026, 9, 1), date(2026, 9, 2))
    assert (found.format, found.currency) == ("CSV", "EUR")


def test_empty_cells_and_missing_columns_are_not_known() -> None:
    (row,) = read_bytes(b"day,requests,cost\n2026-09-01,,\n").rows

    assert row == Usage(day=date(2026, 9, 1))


@pytest.mark.parametrize("separator", [";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_other_separators_and_line_ends_are_read(separator: str, end: str) -> None:
    lines = ("\ufeffday,requests", "2026-09-01,4", "")
    content = end.join(lines).replace(",", separator)

    (row,) = read_bytes(content.encode()).rows

    assert row.requests == 4
