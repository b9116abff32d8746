"""A share can be all of it, and no more."""

from datetime import date
from decimal import Decimal

from audits.scoring.numbers.assumption_fields import assumption_fields

DAY = date(2026, 11, 29)


def test_shares_are_percentages_of_up_to_all() -> None:
    fields = assumption_fields(DAY).values()

    assert {field.high for field in fields if field.percent} == {Decimal(100)}
    assert all(field.high > 0 for field in fields)
