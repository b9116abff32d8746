"""What a proposal costs, beside what runs today and what a verdict recommends.

Over the 12 months from the day of pricing, the same as those of every technique:

    month     = price a month + price a year / 12
    12 months = one-off price, if it is due in them + month × months covered
    dollars   = amount × rate

A proposal begins on its day, or on the day of pricing if that has passed. A month of
which it covers a part counts by days. The sum is rounded once, so a price of 120,000 a
year is 120,000.

The difference from a plan is that of two amounts as pages print them. Until a proposal
begins, what runs today goes on, and is added to it. If the proposal is for fewer calls
than the use case has, ends within the 12 months, or names neither a running price nor
for how many months its price is, what the rest costs is not known: then a proposal that
costs more costs at least that much more, and none that costs less is said to.

Worked: €100,000 once and €1,500 a month from 27 November 2026 are 100,000 + 12 × 1,500
= €118,000, at 1.1172 $131,829.60. Against a plan of $14,403 that is $117,427 more.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from audits.landscape.catalogue import Catalogue, catalogue
from audits.scoring.costs.cost_calendar import CostCalendar, MonthCount, months_from
from audits.scoring.costs.cost_drivers import YEAR_MONTHS
from audits.scoring.costs.rounding import as_printed
from audits.scoring.proposals.proposal import (
    DOLLARS,
    Amount,
    Beside,
    ComparedProposal,
    Proposal,
    Rate,
)

_ZERO = Decimal(0)


def compared(
    proposal: Proposal,
    on: date,
    *,
    technique_name: str = "",
    requests: int | None = None,
    plans: Sequence[Beside | None] = (None, None),
    missing: Sequence[str] = ("", ""),
    until: CostCalendar | Literal["nothing"] | None = "nothing",
) -> ComparedProposal:
    """Compare a proposal with other plans.

    Args:
        proposal: The proposal.
        on: The day of pricing, from 2022-01-01.
        technique_name: The technique in words; empty if it names none.
        requests: The use case's calls a month.
        plans: What runs today, and what the verdict recommends.
        missing: Why there is none of each.
        until: The 12 months of what runs until the proposal begins; None if they are
            not known.

    Raises:
        ValueError: The market facts do not reach back to the day, or have no rate of
            its currency and the team gave none.
    """
    rate = rate_of(proposal, on)
    starts, ends, covered = _term(proposal, on)
    last = months_from(on)[-1]
    once = (proposal.once or _ZERO) if starts < last else _ZERO
    month, year = proposal.month or _ZERO, proposal.year or _ZERO
    total = once + month * covered + year * covered / YEAR_MONTHS
    today, recommended = plans
    return ComparedProposal(
        proposal=proposal,
        technique_name=technique_name,
        on=on,
        rate=rate,
        starts=starts,
        covered=covered,
        ends_early=ends < last,
        before=_before(starts, on, until),
        month=_amount(month + year / YEAR_MONTHS, rate),
        once=_amount(once, rate),
        year=_amount(total, rate),
        requests=requests,
        today=today,
        recommended=recommended,
        today_missing=missing[0],
        recommended_missing=missing[1],
    )


def rate_of(proposal: Proposal, on: date) -> Rate | None:
    """Return the rate of a proposal's currency: the team's own, or that of the day.

    Raises:
        ValueError: As for `compared`.
    """
    if proposal.currency == DOLLARS:
        return None
    if proposal.rate is not None:
        return Rate(dollars=proposal.rate)
    found = published_rate_of(proposal.currency, catalogue(on))
    if found is None:
        message = f"no exchange rate of {proposal.currency} is known"
        raise ValueError(message)
    return found


def published_rate_of(currency: str, market: Catalogue) -> Rate | None:
    """Return the rate of a currency that the market facts have; None without one."""
    found = market.exchange_rates.get(currency)
    if found is None:
        return None
    return Rate(dollars=found.value, day=found.as_of, issuer=found.issuer)


def _term(proposal: Proposal, on: date) -> tuple[date, date, Decimal]:
    """Return the first day, the day after the last, and the months covered."""
    starts = months_from(on)
    begin = max(proposal.start or on, on)
    months = proposal.months
    counted = MonthCount(begin)
    if begin in starts:
        counted = MonthCount(on, Decimal(starts.index(begin)))
    end = starts[-1] if months is None else counted.after(Decimal(months)).day
    covered = sum(
        (_share(begin, end, first, last) for first, last in pairwise(starts)), _ZERO
    )
    return begin, end, covered


def _before(
    begin: date, on: date, until: CostCalendar | Literal["nothing"] | None
) -> Decimal | None:
    """Return the dollars of what runs from the day of pricing until another day."""
    if begin == on or until == "nothing":
        return _ZERO
    if until is None:
        return None
    pairs = zip(pairwise(months_from(on)), until.months, strict=True)
    running = (
        month.running * _share(on, begin, first, last) for (first, last), month in pairs
    )
    once = (line.amount for line in until.one_offs if line.day < begin)
    return as_printed(sum((*running, *once), _ZERO))


def _share(begin: date, end: date, first: date, last: date) -> Decimal:
    days = (min(end, last) - max(begin, first)).days
    return Decimal(max(days, 0)) / (last - first).days


def _amount(own: Decimal, rate: Rate | None) -> Amount:
    return Amount(own=own, dollars=own * rate.dollars if rate else own)
