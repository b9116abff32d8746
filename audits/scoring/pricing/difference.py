"""What one plan costs less than another: a number behind both moves both alike.

The low end of one beside the high end of the other is no case that can happen: calls,
prices and days of work that both have are the same in both.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from audits.scoring.costs.rounding import as_printed
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.pricing.sensitivity import Swing

_ZERO = Decimal(0)


class Plans(NamedTuple):
    """What a plan costs that ends, and what replaces it."""

    ends: Band
    instead: Band

    @property
    def net(self) -> Decimal:
        """What is spent less, as expected."""
        return self.ends.expected - self.instead.expected

    @property
    def at_own_ends(self) -> Band:
        """The same, lowest if the least ends and the most is spent."""
        return Band(
            low=self.ends.low - self.instead.high,
            expected=self.net,
            high=self.ends.high - self.instead.low,
        )


def lead_band(lead: Decimal, swings: Iterable[Swing]) -> Band:
    """Return a lead with the span to expect around it, as pages print it.

    Each number is off by itself, and moves both plans, so the effects on the difference
    add like independent errors.

    Args:
        lead: What one plan costs less than the other.
        swings: What each number changes of that.
    """
    below = above = _ZERO
    for swing in swings:
        below += min(swing.at_low, swing.at_high, _ZERO) ** 2
        above += max(swing.at_low, swing.at_high, _ZERO) ** 2
    found = Band(low=lead - below.sqrt(), expected=lead, high=lead + above.sqrt())
    return Band(low=as_printed(found.low), expected=lead, high=as_printed(found.high))


def net_band(plans: Plans, difference: Band | None) -> Band:
    """Return what is spent less, with its span.

    Args:
        plans: Both plans, as pages print them.
        difference: What the second costs less, with each number the same in both; None
            where that is not known, or if it is about other plans: then each is at an
            end of its own.

    >>> def band(*ends):
    ...     low, expected, high = map(Decimal, ends)
    ...     return Band(low=low, expected=expected, high=high)
    >>> plans = Plans(band(50, 90, 150), band(40, 60, 110))
    >>> alike, apart = net_band(plans, band(10, 30, 60)), net_band(plans, None)
    >>> int(alike.low), int(alike.high), int(apart.low), int(apart.high)
    (10, 60, -60, 110)
    """
    if difference and difference.expected == plans.net:
        return difference
    return plans.at_own_ends


def net_from_day(year: Plans, later: Plans, net: Band) -> Band:
    """Return a net over 12 months from a later day, with its span.

    The numbers behind both plans move their months alike, so the span is as much
    wider or narrower as both plans then cost more or less.

    Args:
        year: The 12 months of both.
        later: What both cost from the day on.
        net: The net of the 12 months.
    """
    whole = year.ends.expected + year.instead.expected
    if net == year.at_own_ends or not whole:
        return later.at_own_ends
    part = (later.ends.expected + later.instead.expected) / whole
    return Band(
        low=as_printed(later.net + part * (net.low - net.expected)),
        expected=later.net,
        high=as_printed(later.net + part * (net.high - net.expected)),
    )
