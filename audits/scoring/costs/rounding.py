"""Amounts as they are printed, so that what a page shows adds up."""

from decimal import ROUND_HALF_UP, Decimal

WHOLE_FROM = 10
_CENT = Decimal("0.01")


def as_printed(amount: Decimal) -> Decimal:
    """Round to whole dollars, and to cents below 10; a half is rounded up.

    >>> as_printed(Decimal("13481.17")), as_printed(Decimal("0.855"))
    (Decimal('13481'), Decimal('0.86'))
    """
    unit = Decimal(1) if abs(amount) >= WHOLE_FROM else _CENT
    return amount.quantize(unit, ROUND_HALF_UP)


def in_column(amount: Decimal, *, in_thousands: bool = False) -> str:
    """Write a whole number of dollars, or of thousands, for a column that names them.

    >>> in_column(Decimal("1472.5")), in_column(Decimal(-1_500_000), in_thousands=True)
    ('1,473', '\u22121,500')
    """
    size = abs(amount) / 1000 if in_thousands else abs(amount)
    sign = "\u2212" if amount < 0 else ""
    return f"{sign}{size.quantize(Decimal(1), ROUND_HALF_UP):,}"
