"""Finds the uncertain numbers that change the decision most, one at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from audits.scoring.costs.cost_inputs import CostInputs, Scenario, UnpricedError
from audits.scoring.costs.cost_numbers import (
    INPUT_NAMES,
    TECHNIQUE_NAMES,
    InputId,
    PricedTechnique,
)
from audits.scoring.costs.cost_ranges import Range
from audits.scoring.costs.technique_costs import price_parts

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """The effect of one number on the lead of one technique over another.

    `lead` is what `technique` saves a month against `against`, as expected. It changes
    by `at_low` if the number is at the low end of `values`, and by `at_high` at the
    other, all else as expected.
    """

    input_id: InputId
    values: Range
    technique: PricedTechnique
    against: PricedTechnique
    lead: Decimal
    at_low: Decimal
    at_high: Decimal

    @property
    def name(self) -> str:
        """The number in words."""
        return INPUT_NAMES[self.input_id]

    @property
    def size(self) -> Decimal:
        """The larger of both changes, in dollars a month."""
        return max(abs(self.at_low), abs(self.at_high))

    @property
    def ends(self) -> tuple[Decimal, Decimal]:
        """The lead if the number is at its low and at its high end."""
        return self.lead + self.at_low, self.lead + self.at_high

    @property
    def turns(self) -> bool:
        """Whether the other technique is the cheaper one at one end."""
        return any(end * self.lead < 0 for end in self.ends)


def sensitivity(inputs: CostInputs) -> tuple[Swing, ...]:
    """Move each uncertain number to both of its ends, and measure the effect.

    The recommended technique is compared with today's plan, and without a plan, or if
    it is the plan, with the cheapest other one.

    Args:
        inputs: The numbers, the models and the day of their prices.

    Returns:
        One swing for each number that moves the lead by a cent or more, the largest
        first; none if there are no two techniques with a price.

    Raises:
        ValueError: A number is negative, or a share above 1; names it.
    """
    pair = _pair(Scenario(inputs=inputs, day=inputs.on))
    if pair is None:
        return ()
    scenario = Scenario(inputs=inputs, day=inputs.on)
    lead = _lead(pair, scenario)
    swings = [
        Swing(
            input_id=input_id,
            values=values,
            technique=pair[0],
            against=pair[1],
            lead=lead,
            at_low=_moved(inputs, pair, {input_id: values.low}) - lead,
            at_high=_moved(inputs, pair, {input_id: values.high}) - lead,
        )
        for input_id, values in scenario.uncertain
    ]
    moving = [swing for swing in swings if swing.size >= CENT]
    return tuple(sorted(moving, key=lambda swing: -swing.size))


type _Pair = tuple[PricedTechnique, PricedTechnique]


def _pair(scenario: Scenario) -> _Pair | None:
    """Return the recommended technique, or the cheapest, and what it is beside."""
    months = {technique: _month(technique, scenario) for technique in TECHNIQUE_NAMES}
    priced = {
        technique: month for technique, month in months.items() if month is not None
    }
    ranked = sorted(priced, key=lambda technique: priced[technique])
    first = scenario.inputs.recommended or next(iter(ranked), None)
    others = [technique for technique in ranked if technique != first]
    if first not in priced or not others:
        return None
    today = scenario.inputs.today
    return first, today if today in others else others[0]


def _month(technique: PricedTechnique, scenario: Scenario) -> Decimal | None:
    try:
        return price_parts(technique, scenario).month
    except UnpricedError:
        return None


def _moved(
    inputs: CostInputs, pair: _Pair, moved: Mapping[InputId, Decimal]
) -> Decimal:
    return _lead(pair, Scenario(inputs=inputs, day=inputs.on, moved=moved))


def _lead(pair: _Pair, scenario: Scenario) -> Decimal:
    technique, against = pair
    return price_parts(against, scenario).month - price_parts(technique, scenario).month
