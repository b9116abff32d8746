"""How the cost of a request falls as more of them find their prefix in the cache."""

from collections.abc import Iterable
from decimal import Decimal

from audits.scoring.calendars.break_even import CachedReads
from audits.scoring.calendars.usages import USAGES
from audits.scoring.calendars.waiting import Span
from audits.scoring.costs.cost_drivers import MONTH_MINUTES, YEAR_MONTHS
from audits.scoring.costs.cost_inputs import CostInputs, part_of
from audits.scoring.costs.cost_numbers import TRAINED

_ONE, _MANY = Decimal(1), Decimal(10**12)
_NEARLY = Decimal("0.999999")  # of the most: caching pays there if it ever does


def cached_reads(inputs: CostInputs, spans: Iterable[Span]) -> tuple[CachedReads, ...]:
    """Return what follows from the traffic; none where the team gave the share.

    Args:
        inputs: The numbers.
        spans: What serves in the 12 months, each at the prices of a day.
    """
    if "cache_hit" in inputs.expected:
        return ()
    found = (_of_span(inputs, span) for span in spans)
    return tuple(each for each in found if each)


def _of_span(inputs: CostInputs, span: Span) -> CachedReads | None:
    if span.technique is None or span.technique in TRAINED:
        return None
    minutes, cap = (inputs.expected[x] for x in ("cache_minutes", "cache_hit_cap"))
    some = cap * _NEARLY
    usage = part_of(USAGES[span.technique], inputs, span.day)

    def cost(requests: Decimal) -> Decimal:
        return usage.at({"requests": requests}).per_request

    uncached, most = cost(_ONE), cost(_MANY)
    if uncached == most:
        return None
    at_some = -(1 - some).ln() * MONTH_MINUTES / minutes
    a_miss = (cost(at_some) - most) / (cap - some)
    part = span.months / YEAR_MONTHS
    return CachedReads(
        uncached=uncached * part,
        cached=(most - (1 - cap) * a_miss) * part,
        a_miss=a_miss * part,
        minutes=minutes,
        cap=cap,
        now=inputs.expected["requests"],
    )
