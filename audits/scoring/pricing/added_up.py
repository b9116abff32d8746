"""One way to add amounts with their spans: a number behind several moves them together.

Other numbers are off by themselves, so their effects add like independent errors.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

from audits.scoring.costs.cost_numbers import InputId
from audits.scoring.costs.rounding import as_printed
from audits.scoring.pricing.cost_plan import Band, Price

type Shared = Mapping[InputId, tuple[Decimal, Decimal]]

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An amount of a sum, and what a number that others have too changes of it.

    `moves` has the change of the amount with each number at its low and its high end.
    """

    band: Band
    moves: Shared = field(default_factory=dict)


def added_up(parts: Sequence[Part]) -> Band | None:
    """Return the sum of amounts with its span; None without one.

    >>> def part(low, high, moves):
    ...     band = Band(low=Decimal(low), expected=Decimal(10), high=Decimal(high))
    ...     return Part(band=band, moves=moves)
    >>> day = {"engineer_day": (Decimal(-3), Decimal(4))}
    >>> both = added_up([part(7, 14, day), part(7, 14, day)])
    >>> int(both.low), int(both.expected), int(both.high)
    (14, 20, 28)
    """
    if not parts:
        return None
    expected = sum((x.band.expected for x in parts), _ZERO)
    below = sum(((x.band.expected - x.band.low) ** 2 for x in parts), _ZERO)
    above = sum(((x.band.high - x.band.expected) ** 2 for x in parts), _ZERO)
    for one, other in combinations(parts, 2):
        for number in one.moves.keys() & other.moves.keys():
            (low, high), (lower, higher) = one.moves[number], other.moves[number]
            below += 2 * min(low, _ZERO) * min(lower, _ZERO)
            above += 2 * max(high, _ZERO) * max(higher, _ZERO)
    return Band(
        low=as_printed(max(expected - below.sqrt(), _ZERO)),
        expected=as_printed(expected),
        high=as_printed(expected + above.sqrt()),
    )


def year_of(price: Price) -> Part:
    """Return the 12 months of a price, with what numbers change of its set-up."""
    moves = {
        x: (low - price.one_off, high - price.one_off)
        for x, low, high in price.start_ends
    }
    return Part(band=price.year_as_printed, moves=moves)


def of_days(band: Band, day: Band | None) -> Part:
    """Return an amount of working days, with what the price of a day changes of it."""
    if day is None or not day.expected:
        return Part(band=band)
    low, high = (
        band.expected * end / day.expected - band.expected
        for end in (day.low, day.high)
    )
    return Part(band=band, moves={"engineer_day": (low, high)})
