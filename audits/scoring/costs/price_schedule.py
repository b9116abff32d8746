"""A model's prices over time: always of a day, with the changes that are announced."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from audits.landscape.token_prices import TokenPrices


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedPrices:
    """The prices that hold from a day on."""

    start: date
    prices: TokenPrices


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedModel:
    """A model and its prices over time.

    `window` is its context window in tokens, `ends` the day it is switched off; None
    where no such number or day is known.
    """

    name: str
    schedule: tuple[DatedPrices, ...]
    window: int | None = None
    ends: date | None = None

    def prices_on(self, day: date) -> TokenPrices | None:
        """Return the prices of a day; None before the first."""
        return prices_on(self.schedule, day)

    def changes(self, after: date, until: date) -> tuple[date, ...]:
        """Return the days on which its prices change, in order."""
        return changes_between(self.schedule, after, until)


def prices_on(schedule: Sequence[DatedPrices], day: date) -> TokenPrices | None:
    """Return the prices of a day.

    Args:
        schedule: The prices and the days they start, in any order.
        day: The day.

    Returns:
        The prices that started last; None if none has.

    Source: docs/method.md, formula 13.

    >>> from decimal import Decimal
    >>> from audits.landscape.token_prices import Rates
    >>> now = TokenPrices(rates=Rates(input=Decimal(2), output=Decimal(10)))
    >>> then = TokenPrices(rates=Rates(input=Decimal(4), output=Decimal(20)))
    >>> schedule = [DatedPrices(start=date(2026, 12, 1), prices=then),
    ...     DatedPrices(start=date(2026, 9, 1), prices=now)]
    >>> prices_on(schedule, date(2026, 11, 30)) is now
    True
    >>> prices_on(schedule, date(2026, 12, 1)) is then
    True
    >>> prices_on(schedule, date(2026, 8, 31)) is None
    True
    """
    started = [dated for dated in schedule if dated.start <= day]
    if not started:
        return None
    return max(started, key=lambda dated: dated.start).prices


def changes_between(
    schedule: Sequence[DatedPrices], after: date, until: date
) -> tuple[date, ...]:
    """Return the days on which the prices change, in order.

    Args:
        schedule: The prices and the days they start, in any order.
        after: The day before the first that counts.
        until: The last day that counts.

    Source: docs/method.md, formula 13.

    >>> from decimal import Decimal
    >>> from audits.landscape.token_prices import Rates
    >>> free = TokenPrices(rates=Rates(input=Decimal(0), output=Decimal(0)))
    >>> days = [date(2026, 12, 1), date(2026, 9, 1), date(2028, 1, 1)]
    >>> schedule = [DatedPrices(start=day, prices=free) for day in days]
    >>> changes_between(schedule, date(2026, 9, 1), date(2027, 9, 1))
    (datetime.date(2026, 12, 1),)
    """
    days = {dated.start for dated in schedule}
    return tuple(sorted(day for day in days if after < day <= until))
