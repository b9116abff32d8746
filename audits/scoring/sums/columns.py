"""The amounts of a row of money as a table prints them: its columns add up."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from audits.scoring.costs.rounding import in_column, thousands_of
from audits.scoring.money.rows import row_of
from audits.scoring.pricing.cost_plan import Band, Price

_THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Columns:
    """What 12 months cost: once, to run, and in `total`, with the range of that.

    A month has no column: the months of a row may differ, so 12 times one of them and
    what is paid once would not be the total.
    """

    once: str
    running: str
    total: str
    low: str
    high: str


class Priced(Protocol):
    """What is paid once within 12 months, and the 12 months with it."""

    @property
    def once(self) -> Decimal:
        """Dollars that are paid once."""

    @property
    def year(self) -> Band:
        """Dollars over the 12 months."""


def columns(row: Priced, in_thousands: bool = False) -> Columns:
    """Return the columns of a row: what is paid once and to run is its total.

    Args:
        row: The row, its amounts rounded as pages print them.
        in_thousands: Whether to print thousands of dollars.
    """
    once, low, total, high = (
        _rounded(amount, in_thousands=in_thousands)
        for amount in (row.once, row.year.low, row.year.expected, row.year.high)
    )
    printed = (once, total - once, total, low, high)
    words = (in_column(amount, in_thousands=in_thousands) for amount in printed)
    return Columns(*words)


def price_columns(price: Price, in_thousands: bool = False) -> Columns:
    """Return those of a technique in a table of all."""
    return columns(row_of("prompt", price, ("compared",), "running"), in_thousands)


def _rounded(amount: Decimal, *, in_thousands: bool) -> Decimal:
    return thousands_of(amount) * _THOUSAND if in_thousands else amount
