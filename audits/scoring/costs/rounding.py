"""Amounts as they are printed, so that what a page shows adds up.

Each is rounded once, where it is priced. Sums and differences are of rounded amounts,
and are not rounded again.
"""

from decimal import ROUND_HALF_UP, Decimal

WHOLE_FROM = 10
_DOLLAR, _CENT = Decimal(1), Decimal("0.01")


def as_printed(amount: Decimal) -> Decimal:
    """Round to whole dollars, and to cents below 10; a half is rounded up.

    >>> as_printed(Decimal("13481.17")), as_printed(Decimal("0.855"))
    (Decimal('13481'), Decimal('0.86'))
    """
    unit = _DOLLAR if abs(amount) >= WHOLE_FROM else _CENT
    return amount.quantize(unit, ROUND_HALF_UP)


def written(amount: Decimal) -> str:
    """Write an amount that is rounded already, or a sum of such: cents if it has any.

    It rounds nothing, so what is printed adds up (docs/decisions/0051).

    >>> written(Decimal("13481.00")), written(Decimal("52.4")), written(Decimal(-5))
    ('13,481', '52.40', '\u22125')
    """
    size = abs(amount)
    sign = "\u2212" if amount < 0 else ""
    is_whole = size == size.to_integral_value()
    return f"{sign}{size:,.0f}" if is_whole else f"{sign}{size:,.2f}"


def unit_price(amount: Decimal) -> str:
    """Write a price as it is: with two decimals or more if it has any.

    >>> unit_price(Decimal("0.1")), unit_price(Decimal("0.075")), unit_price(Decimal(2))
    ('0.10', '0.075', '2')
    """
    exact = amount.normalize()
    is_cents = amount % 1 and exact == exact.quantize(_CENT)
    return f"{amount:.2f}" if is_cents else f"{exact:f}"


def in_column(amount: Decimal, *, in_thousands: bool = False) -> str:
    """Write the same for a column that names dollars, or thousands of them.

    >>> in_column(Decimal("1472")), in_column(Decimal(-1_500_000), in_thousands=True)
    ('1,472', '\u22121,500')
    """
    if not in_thousands:
        return written(amount)
    return written(thousands_of(amount))


def of_row(amount: Decimal, *, in_thousands: bool = False) -> str:
    """Write the same for a row whose amount may be far below the others.

    What is spent is no 0 among thousands, however little it is: less than a dollar is
    written as one.

    >>> [of_row(Decimal(x), in_thousands=True) for x in (0, 45, 140, 1_472)]
    ['0', '0.05', '0.1', '1']
    >>> [of_row(Decimal(x), in_thousands=True) for x in ("0.04", "-7", "95")]
    ['0.001', '\u22120.007', '0.1']
    """
    if in_thousands and amount and not thousands_of(amount):
        size = max(abs(amount), _DOLLAR)
        unit = _DOLLAR.scaleb(size.adjusted())  # one digit that counts
        part = (size / unit).quantize(_DOLLAR, ROUND_HALF_UP) * unit / 1000
        return f"{'\u2212' * (amount < 0)}{part.normalize():f}"
    return in_column(amount, in_thousands=in_thousands)


def thousands_of(amount: Decimal) -> Decimal:
    """Return how many thousands an amount is, rounded; a half is rounded up.

    >>> thousands_of(Decimal(1_500)), thousands_of(Decimal(-1_499))
    (Decimal('2'), Decimal('-1'))
    """
    return (amount / 1000).quantize(_DOLLAR, ROUND_HALF_UP)
