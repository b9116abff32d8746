"""What a usage file adds up to: a month, a request, a cache share, a spend."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Literal

from audits.usage.rows import Usage, UsageFile

LEAST_DAYS = 7  # that are scaled to a month
MONTH = 30  # days that days are scaled to

type Basis = Literal["months", "days", "too short"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A whole calendar month; an amount that a part does not have is None.

    Attributes:
        first: Its first day.
        requests: Requests to the models.
        cost: What they cost, in the currency of the file.
    """

    first: date
    requests: int | None
    cost: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a usage file adds up to; None where it does not say.

    Attributes:
        first: The first day of the period.
        last: The last day of it.
        basis: What a month is read from: whole calendar months, else the days scaled to
            `MONTH` days, unless they are fewer than `LEAST_DAYS`.
        months: The whole months, in order.
        busiest: Requests of the busiest month.
        median: Requests of the median month.
        cost: What the busiest month costs.
        spent: What the whole period costs.
        currency: The currency of both.
        requests: Requests of the whole period.
        input_tokens: Tokens of input a request, on average.
        output_tokens: Tokens of output a request, on average.
        cached_tokens: Tokens of input a request that were read from the cache.
        cache_share: The share of all input that was read from the cache, from 0 to 1.
        models: The models, those with the most requests or tokens first.
        unused: How many days of the period had no use, as far as the file says.
        missing: How many days of it the file is not about. No month with one is whole.
        uncosted: How many rows have no cost in a file where others have one.
    """

    first: date
    last: date
    basis: Basis
    months: tuple[Month, ...]
    busiest: int | None
    median: int | None
    cost: Decimal | None
    spent: Decimal | None
    currency: str | None
    requests: int | None
    input_tokens: Decimal | None
    output_tokens: Decimal | None
    cached_tokens: Decimal | None
    cache_share: Decimal | None
    models: tuple[str | None, ...]
    unused: int = 0
    missing: int = 0
    uncosted: int = 0

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.last - self.first).days + 1

    @property
    def known_days(self) -> int:
        """How many of them the file is about."""
        return self.days - self.missing


def summarized(found: UsageFile) -> Summary:
    """Return what a file adds up to.

    >>> day = date(2026, 9, 1)
    >>> rows = [Usage(day=day + timedelta(days=n), requests=10) for n in range(30)]
    >>> found = UsageFile(format="CSV", first=day, last=rows[-1].day, rows=tuple(rows))
    >>> summarized(found).busiest, summarized(found).input_tokens
    (300, None)
    """
    months = tuple(_whole_months(found))
    requests, cost = _sum_of(_requests, found.rows), _sum_of(_cost, found.rows)
    read, cached = _sum_of(_input, found.rows), _sum_of(_cached, found.rows)
    known_days, costs = found.days - len(found.missing), [x.cost for x in found.rows]
    basis: Basis = "days" if known_days >= LEAST_DAYS else "too short"
    busiest = middle = spent = None
    if months:
        basis = "months"
        top = max(months, key=lambda month: (month.requests or 0, month.cost or 0))
        busiest, spent = top.requests, top.cost
        middle = _median([month.requests for month in months])
    elif basis == "days":
        busiest = middle = None if requests is None else _whole(requests, known_days)
        spent = None if cost is None else _scaled(cost, known_days)
    return Summary(
        first=found.first,
        last=found.last,
        basis=basis,
        months=months,
        busiest=busiest,
        median=middle,
        cost=spent,
        spent=cost,
        currency=None if cost is None else found.currency,
        requests=None if requests is None else int(requests),
        input_tokens=_each(read, requests),
        output_tokens=_each(_sum_of(_output, found.rows), requests),
        cached_tokens=_each(cached, requests),
        cache_share=_each(cached, read),
        models=found.models,
        unused=known_days - len({row.day for row in found.rows}),
        missing=len(found.missing),
        uncosted=costs.count(None) if any(x is not None for x in costs) else 0,
    )


def of_models(found: UsageFile, models: Collection[str | None]) -> UsageFile:
    """Return a file with the rows of some of its models, for the same period."""
    return replace(found, rows=tuple(x for x in found.rows if x.model in models))


def _whole_months(found: UsageFile) -> Iterable[Month]:
    """Yield the calendar months that the file has all days of."""
    first = found.first.replace(day=1)
    broken = {day.replace(day=1) for day in found.missing}
    while first <= found.last:
        following = (first + timedelta(days=31)).replace(day=1)
        has_ends = found.first <= first and following - timedelta(days=1) <= found.last
        if has_ends and first not in broken:
            rows = [row for row in found.rows if first <= row.day < following]
            requests, cost = _sum_of(_requests, rows), _sum_of(_cost, rows)
            yield Month(
                first=first,
                requests=None if requests is None else int(requests),
                cost=None if cost is None else Decimal(cost),
            )
        first = following


def _requests(row: Usage) -> int | None:
    return row.requests


def _input(row: Usage) -> int | None:
    return row.input_tokens


def _cached(row: Usage) -> int | None:
    return row.cached_tokens


def _output(row: Usage) -> int | None:
    return row.output_tokens


def _cost(row: Usage) -> Decimal | None:
    return row.cost


def _sum_of(
    amount: Callable[[Usage], int | Decimal | None], rows: Iterable[Usage]
) -> Decimal | None:
    """Return the sum of an amount; None if a row does not have it."""
    amounts = [amount(row) for row in rows]
    if None in amounts:
        return None
    return Decimal(sum(x for x in amounts if x is not None))


def _each(whole: Decimal | None, parts: Decimal | None) -> Decimal | None:
    return whole / parts if whole is not None and parts else None


def _scaled(amount: Decimal, days: int) -> Decimal:
    return amount * MONTH / days


def _whole(amount: Decimal, days: int) -> int:
    return int(_scaled(amount, days).quantize(Decimal(1), ROUND_HALF_UP))


def _median(requests: Sequence[int | None]) -> int | None:
    known = [each for each in requests if each is not None]
    if len(known) < len(requests):
        return None
    return int(Decimal(median(known)).quantize(Decimal(1), ROUND_HALF_UP))
