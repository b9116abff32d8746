"""What is left of a plan once some of it is freed, or its training has ended."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from audits.scoring.costs.cost_calendar import MONTHS, months_from
from audits.scoring.costs.rounding import as_printed

_NONE = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Freed:
    """What a decision has freed a month, from a day on."""

    day: date
    month: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMonths:
    """What each of the 12 months of a plan costs to run, and what is paid once in them.

    `starts` has the first day of each, and the day after the last, and `paid` the days
    on which something is paid once, such as a move, each with its dollars.
    """

    starts: tuple[date, ...]
    running: tuple[Decimal, ...]
    paid: tuple[tuple[date, Decimal], ...] = ()

    @classmethod
    def even(cls, since: date, costs: Decimal) -> "PlanMonths":
        """Return months that cost the same, where only their sum is known."""
        return cls(starts=months_from(since), running=(costs / MONTHS,) * MONTHS)

    def part(self, freed: Sequence[Freed], kept: Decimal = _NONE) -> Decimal:
        """Return what of them is freed: by the days, and no more than they cost.

        Once a whole month is freed the plan is over, so nothing is paid once any more.

        Args:
            freed: What is freed a month, each amount from its day to the end.
            kept: What is taken off besides in all months.

        >>> months = PlanMonths.even(date(2027, 1, 1), Decimal(12_000))
        >>> off = Freed(day=date(2027, 7, 1), month=Decimal(400))
        >>> months.part([off]), months.part([off, off, off])
        (Decimal('2400'), Decimal('6000'))
        """
        parts = (
            (costs, Decimal((end - day).days) / (last - first).days, day)
            for costs, (first, last) in zip(
                self.running, pairwise(self.starts), strict=True
            )
            for day, end in pairwise(_cut(first, last, freed))
        )
        found = (
            share * min(costs, sum((x.month for x in freed if x.day <= day), kept))
            for costs, share, day in parts
        )
        return as_printed(sum(found, _NONE) + self._no_more_paid(freed, kept))

    def _no_more_paid(self, freed: Sequence[Freed], kept: Decimal) -> Decimal:
        """Return what is paid once on days on which a whole month is freed."""
        off = _NONE
        for day, amount in self.paid:
            by_then = [x.month for x in freed if x.day <= day]
            costs = self.running[max(bisect_right(self.starts, day) - 1, 0)]
            if by_then and sum(by_then, kept) >= costs:
                off += amount
        return off


def _cut(first: date, last: date, freed: Sequence[Freed]) -> list[date]:
    """Return the days of a month on which more begins to be freed, and its ends."""
    return sorted({first, last, *(x.day for x in freed if first < x.day < last)})


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOff:
    """How much of a plan no longer runs, and how much is not at risk.

    Of 12 months it is what is freed from its day on. None is "not stated".
    """

    runs: Decimal
    risk: Decimal
    runs_year: Decimal | None
    risk_year: Decimal | None


def taken_off(
    *,
    spend: Decimal | None,
    freed: Sequence[Freed],
    leads_to: Decimal | None,
    is_carried_out: bool,
    months: PlanMonths | None = None,
) -> TakenOff | None:
    """Return what is taken off a plan; None where nothing of its month is freed.

    Once the decision is carried out, what still runs is what was decided, up to the
    month of what the verdict leads to; only more than that is at risk.

    Args:
        spend: A month of the plan as it was signed; None is "not stated".
        freed: What decisions of this verdict have freed a month by now.
        leads_to: A month of what the verdict leads to; None is "not stated".
        is_carried_out: Whether all that the board decided is done.
        months: The 12 months of the plan; None is "not stated".

    >>> taken_off(
    ...     spend=Decimal(9349),
    ...     freed=[Freed(day=date(2027, 1, 1), month=Decimal(6949))],
    ...     leads_to=Decimal(3000),
    ...     is_carried_out=True,
    ... ).runs
    Decimal('6949')
    """
    if spend is None or not freed:
        return None
    runs = min(sum((each.month for each in freed), _NONE), spend)
    kept = (leads_to or _NONE) if is_carried_out else _NONE
    return TakenOff(
        runs=runs,
        risk=min(runs + kept, spend),
        runs_year=months.part(freed) if months else None,
        risk_year=months.part(freed, kept) if months else None,
    )


def training_off(
    training: Decimal | None, *, freed: Decimal | None, has_ended: bool
) -> Decimal | None:
    """Return what of a training is not paid any more; None where nothing was done.

    Args:
        training: What is paid up front for it; None without a price, or without one.
        freed: What decisions of this verdict have freed once; None for nothing.
        has_ended: Whether somebody reported that the training was stopped.

    >>> training_off(Decimal(19_322), freed=None, has_ended=True)
    Decimal('19322')
    >>> training_off(Decimal(19_322), freed=Decimal(500), has_ended=False)
    Decimal('500')
    """
    paid = training or _NONE
    if has_ended:
        return paid
    return None if freed is None or not paid else min(freed, paid)
