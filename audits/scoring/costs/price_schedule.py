"""A model's prices over time: always of a day, with the changes that are announced."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter

from audits.landscape.token_prices import TokenPrices

_DAY = timedelta(days=1)
_START = attrgetter("start")


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedPrices:
    """The prices that hold from a day on."""

    start: date
    prices: TokenPrices


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedModel:
    """A model and its prices over time.

    `window` is its context window in tokens, `ends` the day it is switched off, and
    `tuning_ends` the day from which it cannot be trained any more; None where no such
    number or day is known. `successor` is what is used after its end; without one, the
    same price is assumed. A successor of a model that `is_tuned` need not be tuned.
    `is_cut` says that it has none because nothing that may follow has a price.
    """

    name: str
    schedule: tuple[DatedPrices, ...]
    window: int | None = None
    ends: date | None = None
    tuning_ends: date | None = None
    is_tuned: bool = False
    successor: "PricedModel | None" = None
    is_cut: bool = False

    def serving_on(self, day: date) -> "PricedModel":
        """Return the model that answers on a day: this one, or a successor."""
        if self.successor is None or self.ends is None or day < self.ends:
            return self
        return self.successor.serving_on(day)

    def is_trained_on(self, day: date) -> bool:
        """Return whether what answers on a day is trained; a prompt may follow it."""
        return not self.is_tuned or self.serving_on(day).is_tuned

    def prices_on(self, day: date) -> TokenPrices | None:
        """Return the prices of a day; None before the first."""
        return prices_on(self.serving_on(day).schedule, day)

    def changes(self, after: date, until: date) -> tuple[date, ...]:
        """Return the days on which its prices change or a model ends, in order."""
        if self.ends is None or not after < self.ends <= until:
            return changes_between(self.schedule, after, until)
        before = changes_between(self.schedule, after, self.ends - _DAY)
        then = self.successor.changes(self.ends, until) if self.successor else ()
        return (*before, self.ends, *then)


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
    return max(started, key=_START).prices if started else None


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
