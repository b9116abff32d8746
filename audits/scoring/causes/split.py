"""Why a month cost more or less than the paper said: cause by cause, nothing left over.

The causes change one after the other, always in the same order: how many calls, their
tokens, the share read from the cache, the prices, the model, and what list prices do
not explain. A part is the difference between two neighbouring totals, each rounded
once, so that the parts add up to the difference (docs/decisions/0066; V31 by hand).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

from audits.landscape.token_prices import TokenPrices
from audits.scoring.causes.token_costs import (
    MonthTokens,
    PriceDays,
    cost_by_days,
    said_requests,
    said_tokens,
    seen_tokens,
    token_cost,
)
from audits.scoring.costs.cost_drivers import Traffic
from audits.scoring.costs.rounding import as_printed

type Cause = Literal["volume", "tokens", "cache", "price", "model", "other"]
CAUSES: tuple[Cause, ...] = ("volume", "tokens", "cache", "price", "model", "other")

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidUsage:
    """What the paper assumed of the model's use: a month, and the prices of its day.

    `month` is the whole month that the paper states, in US dollars: the use of the
    model, and people and all else beside it.
    """

    traffic: Traffic
    prices: TokenPrices
    month: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelUse:
    """What one model was used for in a month; None where the file does not say.

    `prices` are its list prices on the days of the month; none where nobody knows them.
    """

    requests: int | None
    input_tokens: int | None
    cached_tokens: int | None
    output_tokens: int | None
    prices: tuple[PriceDays, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenUsage:
    """What a month used: each model, and what all of it cost.

    `said_prices` are those of the paper's model on the days of this month; none where
    they are not known. `spend` is US dollars; None where the file does not say.
    """

    uses: tuple[ModelUse, ...]
    said_prices: tuple[PriceDays, ...] = ()
    spend: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one cause adds to a month, in US dollars.

    There are several `causes` where the file does not tell them apart. `amount` is None
    where it does not say what they add.
    """

    causes: tuple[Cause, ...]
    amount: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A month as said and as seen, in US dollars, and the parts between the two.

    `seen` is None where the file does not say what the month cost.
    """

    said: Decimal
    seen: Decimal | None
    parts: tuple[Part, ...]

    @property
    def amount(self) -> Decimal | None:
        """How much more the month cost; the parts add up to it."""
        return None if self.seen is None else self.seen - self.said


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """The totals of a month as one cause after the other changes, exact.

    `rest` is people and all else that no usage file says, the same as in the paper.
    `totals` has a total for each cause, and None where it is not known.
    """

    said: Fraction
    rest: Fraction
    totals: tuple[tuple[Cause, Fraction | None], ...]

    @property
    def in_cents(self) -> Difference:
        """The difference and its parts to the cent."""
        return self._rounded(lambda total: total.quantize(_CENT, ROUND_HALF_UP))

    @property
    def as_printed(self) -> Difference:
        """The difference and its parts as pages print amounts."""
        return self._rounded(as_printed)

    @property
    def is_at_list_prices(self) -> bool:
        """Whether the file has no cost, so that list prices say what it cost."""
        return all(cause != "other" for cause, _ in self.totals)

    def _rounded(self, rounding: Callable[[Decimal], Decimal]) -> Difference:
        said = rounding(_decimal(self.said))
        totals = [
            (cause, None if total is None else rounding(_decimal(total)))
            for cause, total in self.totals
        ]
        return Difference(
            said=said, seen=totals[-1][1], parts=tuple(_parts(said, totals))
        )


def split(said: SaidUsage, seen: SeenUsage) -> Split:
    """Return how a month comes from what the paper said to what it cost.

    Args:
        said: The month that the paper assumed.
        seen: The month that a usage file says.
    """
    whole = Fraction(said.month)
    rest = whole - (_with_volume(said, said_requests(said.traffic)) or 0)
    return Split(
        said=whole,
        rest=rest,
        totals=tuple(
            (cause, None if total is None else rest + total)
            for cause, total in _totals(said, seen)
        ),
    )


def _totals(
    said: SaidUsage, seen: SeenUsage
) -> Iterator[tuple[Cause, Fraction | None]]:
    prefix, batch = said.traffic.prefix, Fraction(said.traffic.batch)
    after = _tokens(seen.uses, prefix)
    yield "volume", _with_volume(said, after.requests)
    yield "tokens", _with_tokens(said, after)
    yield "cache", token_cost(after, said.prices, batch)
    yield "price", cost_by_days(after, seen.said_prices, batch)
    costs = [
        cost_by_days(_tokens((use,), prefix), use.prices, batch) for use in seen.uses
    ]
    yield "model", _sum(costs)
    if seen.spend is not None:
        yield "other", Fraction(seen.spend)


def _with_volume(said: SaidUsage, requests: Fraction | None) -> Fraction | None:
    """Return what a number of requests costs, each with the tokens that were said."""
    if requests is None:
        return None
    tokens = said_tokens(said.traffic, said.prices, requests)
    return token_cost(tokens, said.prices, Fraction(said.traffic.batch))


def _with_tokens(said: SaidUsage, after: MonthTokens) -> Fraction | None:
    """Return what the tokens cost, with the share that was said from the cache."""
    if after.input is None:
        return None
    asked = max(said.traffic.input, 1)  # of no tokens, none are from the cache
    like = said_tokens(said.traffic, said.prices, after.input / asked)
    tokens = replace(after, cached=like.cached, written=like.written)
    return token_cost(tokens, said.prices, Fraction(said.traffic.batch))


def _tokens(uses: tuple[ModelUse, ...], prefix: int) -> MonthTokens:
    """Return the tokens of some models together; a part that is not known is None."""
    return seen_tokens(
        _count([use.requests for use in uses]),
        _count([use.input_tokens for use in uses]),
        _count([use.cached_tokens for use in uses]),
        _count([use.output_tokens for use in uses]),
        prefix=prefix,
    )


def _count(counts: list[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if len(known) == len(counts) else None


def _sum(costs: list[Fraction | None]) -> Fraction | None:
    known = [cost for cost in costs if cost is not None]
    return sum(known, Fraction(0)) if len(known) == len(costs) else None


def _parts(said: Decimal, totals: list[tuple[Cause, Decimal | None]]) -> Iterator[Part]:
    """Yield the steps between totals that are known; one may have several causes."""
    before, causes = said, tuple[Cause, ...]()
    for cause, total in totals:
        causes = (*causes, cause)
        if total is not None:
            yield Part(causes=causes, amount=total - before)
            before, causes = total, ()
    if causes:
        yield Part(causes=causes, amount=None)


def _decimal(amount: Fraction) -> Decimal:
    return Decimal(amount.numerator) / Decimal(amount.denominator)
