"""The comparison that a page shows: what each technique costs, and where they cross."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from audits.scoring.costs.break_even import CostLine, break_even, payback_months
from audits.scoring.costs.cost_drivers import YEAR_MONTHS
from audits.scoring.costs.cost_inputs import CostInputs, Scenario, UnpricedError
from audits.scoring.costs.cost_numbers import (
    INPUT_NAMES,
    TECHNIQUE_NAMES,
    TRAINED,
    InputId,
    PricedTechnique,
)
from audits.scoring.costs.rounding import as_printed
from audits.scoring.costs.technique_costs import Cliff, Parts, price_parts
from audits.scoring.costs.training_costs import tokens_per_second

YEAR = timedelta(days=365)
PROMPTS: tuple[PricedTechnique, ...] = ("prompt", "prompt_smaller")
OWN_GPUS: tuple[PricedTechnique, ...] = ("distil", "fine_tune_own")


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Dollars a month, as expected and the span to expect around it.

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


@dataclass(frozen=True, slots=True, kw_only=True)
class CostChange:
    """A day on which a model's prices change, and the dollars a month from then on."""

    day: date
    month: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What a technique costs, in dollars.

    `month` includes everything: people, machines, and one-off costs spread over the
    `life` in months. `fixed` is that without the requests, each of which adds
    `per_request`. `saving` is what a month saves against today's plan, and
    `payback_months` how long that takes to pay back `one_off`; both are None without a
    priced plan of today or for that plan itself, the second also if nothing is saved.
    """

    month: Band
    one_off: Decimal
    life: Decimal
    fixed: Decimal
    per_request: Decimal
    saving: Decimal | None
    payback_months: Decimal | None
    cliff: Cliff | None
    changes: tuple[CostChange, ...]

    @property
    def line(self) -> CostLine:
        """The fixed part and the part of each request, to draw it over volumes."""
        return CostLine(fixed=self.fixed, per_request=self.per_request)

    @property
    def year(self) -> Decimal:
        """Dollars for twelve such months; a life of six months is paid twice."""
        return self.month.expected * YEAR_MONTHS


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

    `requests` is None if there is no such volume. The share of cache hits and the
    number of GPUs are those of the expected volume, so `tokens_per_second`, the average
    load at the break-even, says whether that many GPUs could serve it; None for a model
    that is not on own GPUs, or if tokens are not known.
    """

    prompt: PricedTechnique
    trained: PricedTechnique
    requests: int | None
    tokens_per_second: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CostPlan:
    """Every technique, the cheapest first, those without a price last.

    Equally cheap ones are in the order they are worth trying. `checked` is the day on
    which somebody last checked the prices; None in a plan that does not say it.
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
    def assumed(self) -> tuple[str, ...]:
        """The numbers that the team did not give, in words."""
        return tuple(INPUT_NAMES[item] for item in self.defaults)

    @property
    def to_try(self) -> tuple[TechniqueCost, ...]:
        """All techniques in the order they are worth trying, cheap or not."""
        return tuple(self.of(technique) for technique in TECHNIQUE_NAMES)

    def of(self, technique: PricedTechnique) -> TechniqueCost:
        """Return the cost of one technique."""
        return next(cost for cost in self.techniques if cost.technique == technique)


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
    today = _today(inputs)
    costs = [_cost(inputs, technique, today) for technique in TECHNIQUE_NAMES]
    return CostPlan(
        on=inputs.on,
        techniques=tuple(sorted(costs, key=_rank)),
        break_evens=_break_evens(inputs, costs),
        defaults=tuple(dict.fromkeys(i for cost in costs for i in cost.defaults)),
    )


def _rank(cost: TechniqueCost) -> tuple[bool, Decimal]:
    month = cost.price.month.expected if cost.price else Decimal()
    return cost.price is None, month


def _today(inputs: CostInputs) -> Parts | None:
    if inputs.today is None:
        return None
    try:
        return price_parts(inputs.today, Scenario(inputs=inputs, day=inputs.on))
    except UnpricedError:
        return None


def _cost(
    inputs: CostInputs, technique: PricedTechnique, today: Parts | None
) -> TechniqueCost:
    scenario = Scenario(inputs=inputs, day=inputs.on)
    price, unpriced = None, None
    try:
        parts = price_parts(technique, scenario)
        against = None if technique == inputs.today else today
        price = _price(scenario, technique, parts, against)
    except UnpricedError as error:
        unpriced = str(error)
    return TechniqueCost(
        technique=technique,
        price=price,
        unpriced=unpriced,
        defaults=scenario.defaulted,
    )


def _price(
    scenario: Scenario, technique: PricedTechnique, parts: Parts, today: Parts | None
) -> Price:
    inputs = scenario.inputs
    line = parts.line
    payback = None
    if today is not None:
        payback = payback_months(
            parts.one_off, today.month - parts.usage - parts.running
        )
    return Price(
        month=_band(scenario, technique, parts.month),
        one_off=parts.one_off,
        life=parts.life,
        fixed=line.fixed,
        per_request=line.per_request,
        saving=None if today is None else today.month - parts.month,
        payback_months=payback,
        cliff=parts.cliff,
        changes=_changes(inputs, technique, parts),
    )


def _band(scenario: Scenario, technique: PricedTechnique, month: Decimal) -> Band:
    inputs = scenario.inputs
    cheapest: dict[InputId, Decimal] = {}
    below = above = Decimal(0)
    for input_id, values in scenario.uncertain:
        months = {values.expected: month} | {
            value: _month(inputs, technique, {input_id: value})
            for value in (values.low, values.high)
        }
        cheapest[input_id] = min(months, key=lambda value: months[value])
        below += (month - min(months.values())) ** 2
        above += (max(months.values()) - month) ** 2
    # Numbers that multiply each other cannot take off more than all of them together.
    floor = min(month, _month(inputs, technique, cheapest))
    return Band(
        low=max(floor, month - below.sqrt()),
        expected=month,
        high=month + above.sqrt(),
    )


def _month(
    inputs: CostInputs, technique: PricedTechnique, moved: Mapping[InputId, Decimal]
) -> Decimal:
    scenario = Scenario(inputs=inputs, day=inputs.on, moved=moved)
    return price_parts(technique, scenario).month


def _changes(
    inputs: CostInputs, technique: PricedTechnique, parts: Parts
) -> tuple[CostChange, ...]:
    """Price the days on which prices change, until the model ends or for a year."""
    if parts.model is None:
        return ()
    until = parts.model.ends or inputs.on + YEAR
    return tuple(
        CostChange(
            day=day,
            month=price_parts(technique, Scenario(inputs=inputs, day=day)).month,
        )
        for day in parts.model.changes(inputs.on, until)
    )


def _break_evens(
    inputs: CostInputs, costs: Sequence[TechniqueCost]
) -> tuple[BreakEven, ...]:
    """Return where each trained model crosses the best prompt."""
    prices = {cost.technique: cost.price for cost in costs if cost.price}
    prompts = [technique for technique in PROMPTS if technique in prices]
    if not prompts:
        return ()
    best = min(prompts, key=lambda technique: prices[technique].month.expected)
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
