"""The volume from which a trained model pays off, how soon, and whether it ever can."""

import math
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from audits.scoring.costs.prompt_costs import cache_hit_from_traffic

_TRIES = 8  # above 20,000 calls a month a cache misses as few as it ever does


@dataclass(frozen=True, slots=True, kw_only=True)
class Machines:
    """Whole machines that are rented for the peak.

    `month` is what one costs a month, in dollars, `requests` how many a month it
    serves, and `at_least` how many run whatever the volume.
    """

    month: Decimal
    requests: Decimal
    at_least: Decimal

    def count(self, requests: Decimal) -> Decimal:
        """Return how many machines serve so many requests a month."""
        return max(self.at_least, Decimal(math.ceil(requests / self.requests)))


@dataclass(frozen=True, slots=True, kw_only=True)
class CachedReads:
    """What a request costs by how many share a cache, in US dollars of a request.

    `uncached` is its cost without a cache, `cached` that with every prefix found, and
    `a_miss` what it costs more if none is. A prefix is kept for some `minutes`, and no
    more than the share `cap` is found. It has `now` requests a month.

    Source: docs/method.md, formulas 1 and 3.
    """

    uncached: Decimal
    cached: Decimal
    a_miss: Decimal
    minutes: Decimal
    cap: Decimal
    now: Decimal

    def above_now(self, requests: Decimal) -> Decimal:
        """Return how much more one of so many requests costs than one does now."""
        return self._of(requests) - self._of(self.now)

    def _of(self, requests: Decimal) -> Decimal:
        hit = cache_hit_from_traffic(requests, self.minutes, self.cap)
        return min(self.uncached, self.cached + (1 - hit) * self.a_miss)


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLine:
    """The cost of a technique over volume, in dollars a month.

    A fixed part, a part for each request and, where it runs on machines, those. What a
    request costs now is less with more of them, where they share a cache.
    """

    fixed: Decimal
    per_request: Decimal
    machines: Machines | None = None
    caches: tuple[CachedReads, ...] = ()

    def request_at(self, requests: Decimal) -> Decimal:
        """Return the dollars of one of so many requests a month, without machines."""
        return sum((x.above_now(requests) for x in self.caches), self.per_request)

    def at(self, requests: Decimal) -> Decimal:
        """Return the dollars of a month with so many requests."""
        found = self.fixed + self.request_at(requests) * requests
        if self.machines is None:
            return found
        return found + self.machines.month * self.machines.count(requests)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrefixTest:
    """Whether removing the whole prefix could pay for a trained model.

    `month` is what the prefix costs a month and `fixed` what the trained model costs
    a month before its first request. `requests` is the smallest monthly volume at
    which the prefix costs as much; None means that no volume is enough.
    """

    month: Decimal
    fixed: Decimal
    requests: int | None

    @property
    def can_pay(self) -> bool:
        """Whether the prefix costs at least as much as the trained model."""
        return self.month >= self.fixed


def break_even(prompt: CostLine, trained: CostLine) -> int | None:
    """Return the monthly volume from which the trained model never costs more.

    Where a cache makes requests cheaper, it is where both cost as much at that volume.

    Args:
        prompt: What the prompt costs, without machines.
        trained: What the trained model costs.

    Returns:
        The smallest whole number of requests a month, 0 if it never costs more; None if
        there is no such volume.

    Source: docs/method.md, formula 10.

    >>> own = CostLine(fixed=Decimal(10_057), per_request=Decimal(0))
    >>> break_even(CostLine(fixed=Decimal(0), per_request=Decimal("0.00604")), own)
    1665067
    >>> break_even(own, own), break_even(own, CostLine(fixed=Decimal(1),
    ...     per_request=Decimal(1)))
    (0, None)
    >>> machines = Machines(month=Decimal(2000), requests=Decimal(1_000_000),
    ...     at_least=Decimal(2))
    >>> break_even(CostLine(fixed=Decimal(0), per_request=Decimal("0.0025")),
    ...     CostLine(fixed=Decimal(0), per_request=Decimal(0), machines=machines))
    3200000
    """
    found = _of_lines(prompt, trained)
    for _ in range(_TRIES if prompt.caches else 0):
        if not found:
            break
        there = replace(prompt, per_request=prompt.request_at(Decimal(found)))
        before, found = found, _of_lines(there, trained)
        if found == before:
            break
    return found


def _of_lines(prompt: CostLine, trained: CostLine) -> int | None:
    saved = Fraction(prompt.per_request) - Fraction(trained.per_request)
    dearer = Fraction(trained.fixed) - Fraction(prompt.fixed)
    if trained.machines is None:
        if saved > 0:
            return _from(dearer, saved)
        return 0 if saved == 0 and dearer <= 0 else None
    return _above_machines(dearer, saved, trained.machines)


def _above_machines(dearer: Fraction, saved: Fraction, each: Machines) -> int | None:
    """Return the volume above which no further machine makes it cost more.

    A machine more is rented as soon as the others are full, so it costs the most just
    there: `count` is the most machines that are full where it still costs more.
    """
    month, served = Fraction(each.month), Fraction(each.requests)
    if saved * served <= month:
        return None
    count = math.ceil((dearer + month) / (saved * served - month)) - 1
    while count >= each.at_least:
        found = _from(dearer + month * (count + 1), saved)
        if found > math.floor(count * served) + 1:
            return found
        count -= 1  # it costs more only between two whole numbers of requests
    return _from(dearer + month * Fraction(each.at_least), saved)


def _from(dearer: Fraction, saved: Fraction) -> int:
    return max(0, math.ceil(dearer / saved))


def payback_months(one_off: Decimal, saving: Decimal) -> Decimal | None:
    """Return how many months of saving pay back the one-off cost.

    Args:
        one_off: Dollars, once.
        saving: Dollars saved a month, the one-off not spread over them.

    Returns:
        Months; None if nothing is saved, so it never pays back.

    Source: docs/method.md, formula 10.

    >>> payback_months(Decimal("19543.60"), Decimal("8146.50")).quantize(Decimal("0.1"))
    Decimal('2.4')
    >>> payback_months(Decimal(1), Decimal(0)) is None
    True
    """
    return one_off / saving if saving > 0 else None


def assess_prefix(
    requests: Decimal, per_request: Decimal, trained_fixed: Decimal
) -> PrefixTest:
    """Return whether removing the whole prefix could pay for a trained model.

    Args:
        requests: Requests a month.
        per_request: Dollars that the prefix of one request costs, after caching.
        trained_fixed: Dollars a month that the trained model costs in any case.

    Source: docs/method.md, formula 11.

    >>> test = assess_prefix(Decimal(100_000), Decimal("0.00204"), Decimal(10_057))
    >>> test.month, test.can_pay, test.requests
    (Decimal('204.00000'), False, 4929902)
    """
    return PrefixTest(
        month=requests * per_request,
        fixed=trained_fixed,
        requests=break_even(
            CostLine(fixed=Decimal(0), per_request=per_request),
            CostLine(fixed=trained_fixed, per_request=Decimal(0)),
        ),
    )


def saving_over_life(
    prompt_month: Decimal, trained_month: Decimal, one_off: Decimal, life: Decimal
) -> Decimal:
    """Return what a trained model saves over its life, making it included.

    Args:
        prompt_month: Dollars a month of the prompt.
        trained_month: Dollars a month of the trained model, the one-off not spread.
        one_off: Dollars to make it.
        life: Months it lasts.

    Returns:
        Dollars; negative if the prompt is cheaper over that time.

    Source: docs/method.md, formula 11, the test of the total saving.

    >>> saving_over_life(Decimal(13_300), Decimal("5153.50"), Decimal("19543.60"),
    ...     Decimal(12))
    Decimal('78214.40')
    """
    return (prompt_month - trained_month) * life - one_off
