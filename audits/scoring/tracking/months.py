"""The whole months of a usage file after a paper, each beside what the paper said."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, NamedTuple

from audits.landscape import in_force
from audits.landscape.facts import FIRST_DAY
from audits.scoring.causes.split import (
    ModelUse,
    SeenUsage,
    Split,
    split,
)
from audits.scoring.causes.token_costs import PriceDays
from audits.scoring.costs.price_schedule import PricedModel, prices_on
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.pricing.priced_models import model_or_why
from audits.scoring.tracking.said import Said
from audits.usage.model_names import model_of
from audits.usage.rows import Usage, UsageFile

type Place = Literal["inside", "above", "below", "no_range", "unknown"]
type Standing = Literal[Place, "weak"]

_DOLLARS = "USD"
# Such as "ft:gpt-4o-mini-2024-07-18:acme::AbCd1234".
_TUNED = re.compile(r"(?:[\w-]+/)*ft:(?P<base>[^:]+):")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What a month used of all models together; None where the file does not say.

    `models` are their ids in the market facts, or the names in the file, those with the
    most requests first.
    """

    requests: int | None
    input_tokens: int | None
    cached_tokens: int | None
    output_tokens: int | None
    models: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthSeen:
    """A month of usage beside what the paper said of a month.

    `unpriced` are the models in it that have no list price in the market facts, as the
    file calls them; None is one without a name. `quiet` counts its days without use.
    `prices_checked` is the day on which the list prices behind its cost were checked,
    the oldest of several models; None where a bill says what it cost.
    """

    first: date
    split: Split
    place: Place
    used: Used
    unpriced: tuple[str | None, ...]
    quiet: int
    prices_checked: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """The days on which a paper is in force: from `since` until before `until`.

    `since` is the day on which it was signed; None for the first paper of a use case,
    before which none was. `until` is the day on which the next one was; None without.
    """

    since: date | None = None
    until: date | None = None

    def has(self, first: date) -> bool:
        """Return whether the month that begins on a day belongs to the paper."""
        is_begun = self.since is None or first >= self.since
        return is_begun and (self.until is None or first < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """The months of a usage file that are compared with a paper, and the others.

    `before` are whole months that began before the day of the paper's prices, or the
    day from which a new model serves;
    `not_whole` are the first days of later months that the file has a part of, and
    `gaps` those that it has but for some days, with these days. `not_over` are whole
    ones that end after `today`, when nobody can have used all of them.
    `currency` is that of costs which are not in US dollars, and so do not count; else
    None.
    """

    said: Said
    today: date
    months: tuple[MonthSeen, ...]
    before: tuple[date, ...]
    not_whole: tuple[date, ...]
    gaps: tuple[tuple[date, tuple[date, ...]], ...]
    not_over: tuple[date, ...]
    currency: str | None

    @property
    def whole(self) -> tuple[date, ...]:
        """The first days of the months that are over and whole, compared or before."""
        return (*self.before, *(month.first for month in self.months))

    def during(self, in_force: InForce) -> "Followed":
        """Return the same with those months alone that began while a paper held."""
        return replace(
            self,
            months=tuple(x for x in self.months if in_force.has(x.first)),
            before=tuple(x for x in self.before if in_force.has(x)),
            not_whole=tuple(x for x in self.not_whole if in_force.has(x)),
            gaps=tuple(x for x in self.gaps if in_force.has(x[0])),
            not_over=tuple(x for x in self.not_over if in_force.has(x)),
        )


def followed(said: Said, found: UsageFile, today: date) -> Followed:
    """Return the months of a usage file beside what the paper said of a month.

    Args:
        said: What the paper said.
        found: The file, with all usage of the use case in it and no other.
        today: The day on which it was read; a month that it is in is not over.
    """
    months: list[MonthSeen] = []
    before, not_whole, not_over = list[date](), list[date](), list[date]()
    gaps: list[tuple[date, tuple[date, ...]]] = []
    currency = None if found.currency in (None, _DOLLARS) else found.currency
    for first, following in calendar(found):
        if found.first > first or found.last < following - _DAY:
            if first >= said.serves_from:
                not_whole.append(first)
        elif first < said.serves_from:
            before.append(first)
        elif following > today:
            not_over.append(first)
        elif gone := tuple(x for x in found.missing if first <= x < following):
            gaps.append((first, gone))
        else:
            rows = [row for row in found.rows if first <= row.day < following]
            months.append(_month(said, first, following, rows, has_cost=not currency))
    return Followed(
        said=said,
        today=today,
        months=tuple(months),
        before=tuple(before),
        not_whole=tuple(not_whole),
        gaps=tuple(gaps),
        not_over=tuple(not_over),
        currency=currency,
    )


def whole_months(found: UsageFile, today: date) -> list[date]:
    """Return the first days of the months that a file has whole, and that are over."""
    return [
        first
        for first, following in calendar(found)
        if found.first <= first
        and found.last >= following - _DAY
        and following <= today
        and not any(first <= gone < following for gone in found.missing)
    ]


def place_of(amount: Decimal | None, month: Band) -> Place:
    """Return where an amount is, beside a range; both as printed.

    >>> month = Band(low=Decimal(313), expected=Decimal(829), high=Decimal(1746))
    >>> place_of(Decimal(1746), month), place_of(Decimal(1747), month)
    ('inside', 'above')
    """
    printed = month.as_printed
    if amount is None:
        return "unknown"
    if printed.low == printed.high:
        return "no_range"
    if amount < printed.low:
        return "below"
    return "above" if amount > printed.high else "inside"


def standing_of(place: Place, said: Decimal, usage_said: Decimal) -> Standing:
    """Return what a month says about its range: a place beside it, or too little.

    A month inside its range is a weak test if usage can check less than half of what
    the paper said, because the rest is copied from the paper. One outside differed
    enough.

    >>> standing_of("inside", Decimal(100), Decimal(49))
    'weak'
    >>> standing_of("above", Decimal(100), Decimal(49))
    'above'

    Args:
        place: Where the month is beside the range.
        said: What the paper said, in US dollars.
        usage_said: The part of it that a usage file can show.
    """
    return "weak" if place == "inside" and 2 * usage_said < said else place


def _month(
    said: Said, first: date, following: date, rows: Iterable[Usage], *, has_cost: bool
) -> MonthSeen:
    by_model: dict[NamedModel, list[Usage]] = {}
    spend: list[Decimal | None] = []
    used: set[date] = set()
    for row in rows:
        if _is_use(row):
            used.add(row.day)
        by_model.setdefault(named_in_facts(row.model), []).append(row)
        spend.append(row.cost)
    uses = {
        named: _use(
            own, price_days(named.model, first, following, is_tuned=named.is_tuned)
        )
        for named, own in by_model.items()
    }
    seen = SeenUsage(
        uses=tuple(uses.values()),
        said_prices=price_days(said.model, first, following, is_tuned=said.is_tuned),
        spend=_sum(spend) if has_cost else None,
    )
    made = split(said.usage, seen)
    return MonthSeen(
        first=first,
        split=made,
        place=place_of(made.as_printed.seen, said.month),
        used=_used(uses),
        unpriced=tuple(named.name for named, use in uses.items() if not use.prices),
        quiet=(following - first).days - len(used),
        prices_checked=_checked(uses) if made.is_at_list_prices else None,
    )


def _checked(uses: Iterable["NamedModel"]) -> date | None:
    days = (named.price_checked for named in uses)
    return min((day for day in days if day), default=None)


def _is_use(row: Usage) -> bool:
    """Whether a row says that something was used, or does not say that nothing was."""
    amounts = (row.requests, row.input_tokens, row.output_tokens, row.cost)
    return any(amounts) or all(amount is None for amount in amounts)


def _used(uses: Mapping["NamedModel", ModelUse]) -> Used:
    by_use = sorted(uses.items(), key=lambda each: -(each[1].requests or 0))
    names = (named.model or named.name for named, _ in by_use)
    return Used(
        requests=_count([use.requests for use in uses.values()]),
        input_tokens=_count([use.input_tokens for use in uses.values()]),
        cached_tokens=_count([use.cached_tokens for use in uses.values()]),
        output_tokens=_count([use.output_tokens for use in uses.values()]),
        models=tuple(dict.fromkeys(name for name in names if name)),
    )


class NamedModel(NamedTuple):
    """A model of a file: its id in the landscape, and its own name without one."""

    model: str | None
    is_tuned: bool
    name: str | None

    @property
    def price_checked(self) -> date | None:
        """The day on which its newest price was checked; None if it has none."""
        found = in_force.current().models.get(self.model or "")
        return found.price_checked if found else None


def named_in_facts(name: str | None) -> NamedModel:
    """Return which model a file means; OpenAI names the base of a tuned one."""
    base = _TUNED.match(name or "")
    found = model_of(base["base"] if base else name, in_force.current().models)
    is_tuned = base is not None and found is not None
    return NamedModel(found, is_tuned, found if found and not is_tuned else name)


def price_days(
    model_id: str | None, first: date, following: date, *, is_tuned: bool = False
) -> tuple[PriceDays, ...]:
    """Return the list prices of a model on the days of a period.

    Args:
        model_id: The model, by its id in the landscape.
        first: The first day.
        following: The day after the last.
        is_tuned: Whether the prices are those of a tuned one.

    Returns:
        Its prices in turn; none where one of them is not known, as before the facts.
    """
    if model_id is None or first < FIRST_DAY:
        return ()
    model = model_or_why(first, model_id, is_tuned=is_tuned)
    if not isinstance(model, PricedModel):
        return ()
    if model.ends is not None and model.ends < following:
        return ()
    starts = [first, *model.changes(first, following - _DAY)]
    found = []
    for start, end in zip(starts, [*starts[1:], following], strict=True):
        prices = prices_on(model.schedule, start)
        if prices is None:
            return ()
        found.append(PriceDays(days=(end - start).days, prices=prices))
    return tuple(found)


def _use(rows: list[Usage], prices: tuple[PriceDays, ...]) -> ModelUse:
    counts: Mapping[str, int | None] = {
        name: _count([getattr(row, name) for row in rows])
        for name in ("requests", "input_tokens", "cached_tokens", "output_tokens")
    }
    return ModelUse(prices=prices, **counts)


def _count(counts: list[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def _sum(costs: list[Decimal | None]) -> Decimal | None:
    known = [cost for cost in costs if cost is not None]
    return sum(known, Decimal(0)) if len(known) == len(costs) else None


def calendar(found: UsageFile) -> Iterator[tuple[date, date]]:
    """Yield the first day of each month that a file is about, and the day after it."""
    first = found.first.replace(day=1)
    while first <= found.last:
        following = (first + timedelta(days=31)).replace(day=1)
        yield first, following
        first = following
