"""Whether a bill is plausible: how many times what its tokens cost at list prices.

Nothing follows from it: a discount, a batch or a tool that is billed by the call may
explain a lot. But a bill in cents, in another currency or of other use cases looks
just like this.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from audits.landscape import in_force
from audits.scoring.causes.token_costs import PriceDays, cost_by_days, seen_tokens
from audits.scoring.costs.rounding import written
from audits.scoring.tracking.months import calendar, named_in_facts, price_days
from audits.scoring.tracking.uncounted import in_month
from audits.scoring.tracking.words import list_prices
from audits.usage.rows import Usage, UsageFile
from audits.usage.spellings import with_one_spelling

_ABOVE = 2  # times the list price; writing to a cache costs up to twice as much
_BELOW = Fraction(1, 4)  # a batch is half of it, and a contract may halve that again
_TEN = 10
_LEAST = 1  # US dollars: less is no bill to ask about
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class OddBill:
    """A month whose bill for a model is far from the list price of its tokens.

    `listed` is that list price in US dollars. Where the file does not say how much was
    read from a cache, it is the nearest that it can be, and `is_nearest` says so.
    `checked` is the day on which the price was checked; None if that is not known.
    """

    model: str
    first: date
    bill: Decimal
    listed: Fraction
    is_nearest: bool
    checked: date | None

    @property
    def sentence(self) -> str:
        """Say which model and how many times, and what to look at."""
        month = f"{self.first:%B %Y}"
        return f"In {month}, the bill {self._told} You can go on all the same."

    @property
    def of_month(self) -> str:
        """Say the same beside a month that counts."""
        return f"The bill {self._told}"

    @property
    def _told(self) -> str:
        at_list = f"what its tokens cost at {list_prices(self.checked)}"
        bill = f"for {self.model} is ${_cents(self.bill)}"
        if not self.listed:
            return f"{bill}, but the file has no tokens for it. {_LOOK}"
        times = Fraction(self.bill) / self.listed
        least = ""
        if self.is_nearest:
            least = "at least " if times > 1 else "at most "
        listed = _cents(Decimal(self.listed.numerator) / self.listed.denominator)
        return f"{bill}, {least}{_times(times)} {at_list} (${listed}). {_LOOK}"


def far_off(bill: Decimal, listed: Decimal) -> str:
    """Say how many times a list price a bill is that is far from it; else empty.

    >>> far_off(Decimal(640), Decimal(186)), far_off(Decimal(200), Decimal(186))
    ('3.4 times', '')
    >>> far_off(Decimal(50), Decimal(200)), far_off(Decimal(49), Decimal(200))
    ('', '24% of')
    """
    if not listed or max(bill, listed) < _LEAST:
        return ""
    times = Fraction(bill) / Fraction(listed)
    return "" if _BELOW <= times <= _ABOVE else _times(times)


_LOOK = "Check its unit and its currency, and whether it is of this use case alone."


def odd_bills(found: UsageFile) -> tuple[OddBill, ...]:
    """Return the months whose bill for a model is far from its list price.

    Args:
        found: The file. Costs that are not in US dollars are not looked at.
    """
    return tuple(_odd_bills(found)) if found.currency == "USD" else ()


def odd_bills_of(found: UsageFile, first: date) -> Iterator[str]:
    """Yield a sentence for each model whose bill of one month is far off.

    Args:
        found: The file.
        first: The first day of the month.
    """
    own = in_month(with_one_spelling(found, in_force.current().models), first)
    last = (first + timedelta(days=31)).replace(day=1) - _DAY
    start, end = max(first, own.first), min(last, own.last)
    for each in odd_bills(replace(own, first=start, last=end)):
        yield each.of_month


def odd_bill_sentences(found: UsageFile) -> Iterator[str]:
    """Yield a sentence for each model: of the month that is furthest off, and others.

    Args:
        found: The file.
    """
    by_model: dict[str, list[OddBill]] = {}
    for each in odd_bills(found):
        by_model.setdefault(each.model, []).append(each)
    for own in by_model.values():
        yield max(own, key=_distance).sentence + _others(len(own) - 1)


def _others(count: int) -> str:
    if not count:
        return ""
    months = "1 other month is" if count == 1 else f"{count} other months are"
    return f" {months} far off, too."


def _distance(each: OddBill) -> Fraction:
    bill = Fraction(each.bill)
    if not bill or not each.listed:
        return Fraction(10**12) + bill + each.listed
    return max(bill / each.listed, each.listed / bill)


def _odd_bills(found: UsageFile) -> Iterator[OddBill]:
    for first, following in calendar(found):
        start, end = max(first, found.first), min(following, found.last + _DAY)
        by_model: dict[str | None, list[Usage]] = {}
        for row in found.rows:
            if first <= row.day < following:
                by_model.setdefault(row.model, []).append(row)
        for name, rows in by_model.items():
            if odd := _odd(name, start, end, rows):
                yield odd


def _odd(name: str | None, start: date, end: date, rows: list[Usage]) -> OddBill | None:
    costs = [row.cost for row in rows if row.cost is not None]
    known = named_in_facts(name)
    prices = price_days(known.model, start, end, is_tuned=known.is_tuned)
    if name is None or len(costs) < len(rows) or not prices:
        return None
    bill = sum(costs, Decimal(0))
    low, high = _listed(rows, prices)
    if low is None or high is None or max(Fraction(bill), high) < _LEAST:
        return None
    if bill > _ABOVE * high:
        listed = high
    elif bill < _BELOW * low:
        listed = low
    else:
        return None
    return OddBill(
        model=name,
        first=start.replace(day=1),
        bill=bill,
        listed=listed,
        is_nearest=low != high,
        checked=known.price_checked,
    )


def _listed(
    rows: list[Usage], prices: tuple[PriceDays, ...]
) -> tuple[Fraction | None, Fraction | None]:
    """Return the least and the most that the tokens can cost at list prices."""
    requests, read, cached, written_out = (
        _sum([getattr(row, name) for row in rows])
        for name in ("requests", "input_tokens", "cached_tokens", "output_tokens")
    )
    costs = [
        cost_by_days(seen_tokens(requests, read, each, written_out, prefix=0), prices)
        for each in ((cached,) if cached is not None else (0, read))
    ]
    known = [cost for cost in costs if cost is not None]
    if len(known) < len(costs):
        return None, None
    return min(known), max(known)


def _sum(counts: list[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def _times(times: Fraction) -> str:
    """Write a factor with two digits: “14 times”, “3.2 times”, “7.1% of”."""
    exact = Decimal(times.numerator) / Decimal(times.denominator)
    if exact < 1:
        return f"{exact * 100:.2g}% of"
    if exact < _TEN:
        return f"{exact:.2g} times"
    return f"{exact.quantize(Decimal(1), ROUND_HALF_UP):,} times"


def _cents(amount: Decimal) -> str:
    whole = amount.quantize(Decimal(1), ROUND_HALF_UP)
    return written(whole) if whole >= 1 else f"{amount:.2f}"
