"""The sum of two amounts which both have the cost of the same people."""

from decimal import Decimal

from audits.scoring.pricing.cost_plan import Band

_ZERO = Decimal(0)


def counted_once(one: Band, other: Band, people: Band, again: Decimal) -> Band:
    """Return two amounts together, with the same people counted in the first alone.

    Their price is off in both in the same way, so the span counts it once, too. What is
    left of the second is off on its own.

    Args:
        one: An amount with those people.
        other: Another one with a part of what they cost.
        people: What they cost in the first.
        again: What they cost in the other.

    >>> def band(low, high):
    ...     return Band(low=Decimal(low), expected=Decimal(10), high=Decimal(high))
    >>> people = band(7, 14)
    >>> found = counted_once(people, band(5, 15), people, Decimal(10))
    >>> int(found.low), int(found.expected), int(found.high)
    (5, 10, 15)
    """
    share = again / people.expected if people.expected else _ZERO
    expected = one.expected + other.expected - again

    def off(mine: Decimal, both: Decimal, theirs: Decimal) -> Decimal:
        return (mine**2 + max(both**2 - (share * theirs) ** 2, _ZERO)).sqrt()

    bands = one, other, people
    below, above = (
        off(*(each.expected - each.low for each in bands)),
        off(*(each.high - each.expected for each in bands)),
    )
    return Band(
        low=max(expected - below, _ZERO), expected=expected, high=expected + above
    ).as_printed
