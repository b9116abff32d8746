"""The comparison that a page shows: what each technique costs, and where they cross."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from audits.scoring.calendars.break_even import CostLine, break_even
from audits.scoring.calendars.dated_costs import Amounts, DatedCosts, dated_costs
from audits.scoring.calendars.payback import paid_back_after
from audits.scoring.calendars.technique_costs import Cliff
from audits.scoring.calendars.work_days import start_ends
from audits.scoring.costs.cost_calendar import CostCalendar
from audits.scoring.costs.cost_inputs import CostInputs, UnpricedError
from audits.scoring.costs.cost_numbers import (
    OWN_GPUS,
    TECHNIQUE_NAMES,
    TRAINED,
    InputId,
    PricedTechnique,
)
from audits.scoring.costs.rounding import as_printed
from audits.scoring.costs.training_costs import tokens_per_second

PROMPTS: tuple[PricedTechnique, ...] = ("prompt", "prompt_smaller")
_LARGE = 10_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Dollars, as expected and the span to expect around it.

    Each uncertain number is moved to both of its ends, alone; the effects are added
    like independent errors, by the root of the sum of the squares. So not every number
    is at its worst at once.
    """

    low: Decimal
    expected: Decimal
    high: Decimal

    @property
    def as_printed(self) -> "Band":
        """The same, rounded as pages print it."""
        return Band(
            low=as_printed(self.low),
            expected=as_printed(self.expected),
            high=as_printed(self.high),
        )

    def in_proportion(self, expected: Decimal) -> "Band":
        """Return another expected amount with its span, each end as many times it."""
        if not self.expected:
            return Band(low=expected, expected=expected, high=expected)
        low, high = (
            as_printed(expected * end / self.expected) for end in (self.low, self.high)
        )
        return Band(low=low, expected=expected, high=high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What a technique costs, in dollars.

    `month` is the running month on the day of pricing: requests, people and machines.
    `one_off` is paid before it runs, and is no part of `month`; `start_ends` is what it
    comes to with each uncertain number at its low and at its high end. `year` is the
    sum of the 12 months of `calendar`, with all that is paid once in them. `line` is a
    twelfth of those 12 months: the fixed part, and the part of each request. `saving`
    is what a month saves against today's plan, and `payback_months` how long it takes
    until it has cost no more; both are None without a priced plan of today or for that
    plan itself, the second also if that takes more than 12 months. A trained model
    `stays_trained` unless a prompt follows it within the 12 months.
    """

    month: Band
    year: Band
    one_off: Decimal
    calendar: CostCalendar
    line: CostLine
    saving: Decimal | None
    payback_months: Decimal | None
    cliff: Cliff | None
    stays_trained: bool
    start_ends: tuple[tuple[InputId, Decimal, Decimal], ...] = ()

    @property
    def expected_month(self) -> Decimal:
        """The running month as expected, as pages print it."""
        return as_printed(self.month.expected)

    @property
    def without_calls(self) -> Decimal:
        """The 12 months without any call, with what is paid once, as pages print it.

        The machines that run whatever the volume are in it (docs/method.md, formula 7).
        """
        return as_printed(self.line.at(Decimal(0)) * 12)

    @property
    def year_as_printed(self) -> Band:
        """The 12 months as the sum of months that are rounded as pages print them."""
        expected = self.calendar.as_printed.total
        below, above = self.year.expected - self.year.low, self.year.high
        return Band(
            low=max(as_printed(expected - below), Decimal(0)),
            expected=expected,
            high=as_printed(expected + above - self.year.expected),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TechniqueCost:
    """A technique with its price, or with the reason why it has none.

    `defaults` are the numbers behind it that the team did not give.
    """

    technique: PricedTechnique
    price: Price | None
    unpriced: str | None
    defaults: tuple[InputId, ...]

    @property
    def name(self) -> str:
        """The technique in words."""
        return TECHNIQUE_NAMES[self.technique]


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEven:
    """The monthly volume from which a trained model never costs more than a prompt.

    `requests` is None if there is no such volume. The share of cache hits is that of
    the expected volume. `tokens_per_second` is the average load at the break-even; None
    for a model that is not on own GPUs, or if tokens are not known.
    """

    prompt: PricedTechnique
    trained: PricedTechnique
    requests: int | None
    tokens_per_second: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CostPlan:
    """Every technique, the cheapest first, those without a price last.

    Equally cheap ones are in the order they are worth trying. `checked` is the day on
    which the oldest price in it was checked; None in a plan that does not say it.
    """

    on: date
    techniques: tuple[TechniqueCost, ...]
    break_evens: tuple[BreakEven, ...]
    defaults: tuple[InputId, ...]
    checked: date | None = None

    @property
    def cheapest(self) -> TechniqueCost | None:
        """The technique of the lowest expected cost; None if none has a price."""
        first = self.techniques[0]
        return first if first.price else None

    @property
    def unpriced(self) -> tuple[TechniqueCost, ...]:
        """The techniques without a price; each says why."""
        return tuple(cost for cost in self.techniques if not cost.price)

    @property
    def is_large(self) -> bool:
        """Whether whole dollars would not fit a table of all techniques."""
        prices = [cost.price for cost in self.techniques if cost.price]
        return any(price.year_as_printed.high >= _LARGE for price in prices)

    @property
    def to_try(self) -> tuple[TechniqueCost, ...]:
        """All techniques in the order they are worth trying, cheap or not."""
        there = {cost.technique: cost for cost in self.techniques}
        return tuple(there[each] for each in TECHNIQUE_NAMES if each in there)

    def of(self, technique: PricedTechnique) -> TechniqueCost:
        """Return the cost of one technique."""
        found = (cost for cost in self.techniques if cost.technique == technique)
        return next(found, _not_here(technique))


def _not_here(technique: PricedTechnique) -> TechniqueCost:
    why = "It is the same as the prompt of today"
    return TechniqueCost(technique=technique, price=None, unpriced=why, defaults=())


def compare(inputs: CostInputs) -> CostPlan:
    """Price every technique for one use case.

    Args:
        inputs: The numbers, the models and the day of their prices.

    Returns:
        The plan. Equal inputs give an equal plan: there is no clock and no I/O in it.

    Raises:
        ValueError: A number is negative, or a share above 1; names it.

    Source: docs/method.md, formulas 10, 12 and 13.
    """
    priced = {
        technique: priced_or_why(technique, inputs) for technique in inputs.techniques
    }
    found = priced.get(inputs.today) if inputs.today else None
    today = _today(found) if isinstance(found, DatedCosts) else None
    costs = [_cost(technique, found, today) for technique, found in priced.items()]
    return CostPlan(
        on=inputs.on,
        techniques=tuple(sorted(costs, key=_rank)),
        break_evens=_break_evens(inputs, costs),
        defaults=tuple(dict.fromkeys(i for cost in costs for i in cost.defaults)),
    )


class _Today(NamedTuple):
    """The plan of today, with which each technique is compared."""

    technique: PricedTechnique
    month: Decimal
    as_printed: CostCalendar


def _today(costs: DatedCosts) -> _Today:
    calendar = costs.calendar.as_printed
    return _Today(costs.technique, costs.amounts().month, calendar)


def priced_or_why(technique: PricedTechnique, inputs: CostInputs) -> DatedCosts | str:
    """Return the costs of a technique, or why it has none."""
    try:
        return dated_costs(technique, inputs)
    except UnpricedError as error:
        return str(error)


def _rank(cost: TechniqueCost) -> tuple[bool, Decimal]:
    year = cost.price.year.expected if cost.price else Decimal()
    return cost.price is None, year


def _cost(
    technique: PricedTechnique, found: DatedCosts | str, today: _Today | None
) -> TechniqueCost:
    if isinstance(found, str):
        return TechniqueCost(
            technique=technique, price=None, unpriced=found, defaults=()
        )
    return TechniqueCost(
        technique=technique,
        price=_price(found, today),
        unpriced=None,
        defaults=found.defaulted,
    )


def price_of(costs: DatedCosts) -> Price:
    """Return the price behind some costs, compared with nothing."""
    return _price(costs, None)


def _price(costs: DatedCosts, today: _Today | None) -> Price:
    calendar = costs.calendar
    month, year = (_band(costs, of) for of in range(len(Amounts._fields)))
    saving = payback = None
    if today and today.technique != costs.technique:
        saving = today.month - month.expected
        payback = paid_back_after(calendar.as_printed, today.as_printed)
    return Price(
        month=month,
        year=year,
        one_off=calendar.at_start,
        calendar=calendar,
        line=costs.line,
        saving=saving,
        payback_months=payback,
        cliff=costs.usage.cliff,
        stays_trained=costs.stays_trained,
        start_ends=start_ends(costs.technique, costs.inputs, costs.uncertain),
    )


def _band(costs: DatedCosts, of: int) -> Band:
    """Return the running month, or the 12 months, with the span."""
    expected = costs.amounts()[of]
    cheapest: dict[InputId, Decimal] = {}
    alone = [expected]
    below = above = Decimal(0)
    for input_id, (values, at_low, at_high) in costs.ends.items():
        low, high = at_low[of], at_high[of]
        if low == high == expected:
            continue
        least, most = min(low, high), max(low, high)
        if least < expected:
            cheapest[input_id] = values.low if low == least else values.high
            alone.append(least)
            below += (expected - least) ** 2
        if most > expected:
            above += (most - expected) ** 2
    # Numbers that multiply each other cannot take off more than all of them together,
    # unless one alone does: a prompt that is short in every way may not be cached.
    floor = min(*alone, costs.amounts(cheapest)[of])
    return Band(
        low=max(floor, expected - below.sqrt()),
        expected=expected,
        high=expected + above.sqrt(),
    )


def _break_evens(
    inputs: CostInputs, costs: Sequence[TechniqueCost]
) -> tuple[BreakEven, ...]:
    """Return where each trained model crosses the best prompt."""
    prices = {cost.technique: cost.price for cost in costs if cost.price}
    prompts = [technique for technique in PROMPTS if technique in prices]
    if not prompts:
        return ()
    best = min(prompts, key=lambda technique: prices[technique].year.expected)
    crossings = []
    for trained in TRAINED:
        if trained in prices:
            requests = break_even(prices[best].line, prices[trained].line)
            load = _load(inputs, requests) if trained in OWN_GPUS else None
            crossings.append(
                BreakEven(
                    prompt=best,
                    trained=trained,
                    requests=requests,
                    tokens_per_second=load,
                )
            )
    return tuple(crossings)


def _load(inputs: CostInputs, requests: int | None) -> Decimal | None:
    variable = inputs.range_of("variable_tokens")
    output = inputs.range_of("output_tokens")
    if requests is None or variable is None or output is None:
        return None
    tokens = int(variable.expected + output.expected)
    return tokens_per_second(Decimal(requests), tokens)
