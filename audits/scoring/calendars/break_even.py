"""The volume from which a trained model pays off, how soon, and whether it ever can."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from audits.scoring.costs.cost_drivers import MONTH_MINUTES
from audits.scoring.costs.prompt_costs import cache_hit_from_traffic

_ONE = Decimal(1)
_ALL = _ONE - Decimal("1e-20")  # of a cache without a cap, which is never quite full


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

    @property
    def saves(self) -> bool:
        """Whether a request costs less now than without a cache."""
        return self._of(self.now) < self.uncached

    @property
    def most(self) -> int:
        """The requests a month from which no more of them find their prefix."""
        return math.ceil(self._at(min(self.cap, _ALL)))

    @property
    def bends(self) -> Iterator[int]:
        """Where a month starts to bend another way: by the cache, or the curve."""
        yield math.floor(2 * MONTH_MINUTES / self.minutes)
        yield self.most
        hit = 1 - (self.uncached - self.cached) / (self.a_miss or _ONE)
        if 0 < hit < self.cap:
            yield math.floor(self._at(hit))

    def _at(self, hit: Decimal) -> Decimal:
        return -(1 - hit).ln() * MONTH_MINUTES / self.minutes

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

    Where a cache makes the requests of either cheaper, both are those of that volume.

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
    most = max((each.most for each in (*prompt.caches, *trained.caches)), default=None)
    if most is None:
        return _of_lines(prompt, trained)
    found = _of_lines(_straight(prompt, most), _straight(trained, most))
    if found is None or found > most:
        return found
    return _last_below(prompt, trained, most)


def _straight(line: CostLine, requests: int) -> CostLine:
    """Return a line whose requests cost what they do with so many."""
    return replace(line, per_request=line.request_at(Decimal(requests)), caches=())


def _last_below(prompt: CostLine, trained: CostLine, most: int) -> int:
    """Return the break-even where it is not above the volume at which caches are full.

    Between two bends what is saved is one curve, which lies below zero in one piece.
    """

    def saved(requests: int) -> Decimal:
        return prompt.at(Decimal(requests)) - trained.at(Decimal(requests))

    end = most
    for start in _starts(prompt, trained, most):
        if (lowest := _lowest(saved, start, end)) is not None:
            return _first_from(saved, lowest, end)
        end = start - 1
    return 0


def _starts(prompt: CostLine, trained: CostLine, most: int) -> list[int]:
    """Return where the pieces without a bend or a step begin, the last first."""
    bends = {n + 1 for x in (*prompt.caches, *trained.caches) for n in x.bends}
    if machines := trained.machines:
        full = range(int(machines.at_least), int(most / machines.requests) + 1)
        bends |= {math.floor(count * machines.requests) + 1 for count in full}
    return sorted({0, *(n for n in bends if n <= most)}, reverse=True)


def _lowest(saved: Callable[[int], Decimal], start: int, end: int) -> int | None:
    """Return a volume of a piece at which nothing is saved, the end first if it is."""
    for requests in (end, start):
        if saved(requests) < 0:
            return requests
    low, high = start, end
    while low < high:  # falls and rises again, or does not lie below both ends
        middle = (low + high) // 2
        if saved(middle) <= saved(middle + 1):
            high = middle
        else:
            low = middle + 1
    return low if saved(low) < 0 else None


def _first_from(saved: Callable[[int], Decimal], below: int, end: int) -> int:
    """Return the first volume above one that is below zero from which none is."""
    first, last = below + 1, end + 1
    while first < last:
        middle = (first + last) // 2
        if saved(middle) < 0:
            first = middle + 1
        else:
            last = middle
    return last


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
