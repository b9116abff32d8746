"""Finds the uncertain numbers that change the decision most, one at a time."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from audits.scoring.calendars.dated_costs import DatedCosts, dated_costs
from audits.scoring.costs.cost_inputs import CostInputs, UnpricedError
from audits.scoring.costs.cost_numbers import (
    INPUT_NAMES,
    InputId,
    PricedTechnique,
)
from audits.scoring.costs.cost_ranges import Range

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """The effect of one number on the lead of one technique over another.

    `lead` is what `technique` saves over 12 months against `against`, as expected. It
    changes by `at_low` if the number is at the low end of `values`, and by `at_high` at
    the other, all else as expected.
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
        """The larger of both changes, in dollars over 12 months."""
        return max(abs(self.at_low), abs(self.at_high))

    @property
    def ends(self) -> tuple[Decimal, Decimal]:
        """The lead if the number is at its low and at its high end."""
        return self.lead + self.at_low, self.lead + self.at_high

    @property
    def bends(self) -> str:
        """That what is expected is outside of both ends, in words; empty if it is not.

        Fewer tokens of a prompt cost more where it is then too short for a cache.
        """
        if self.at_low * self.at_high <= 0:
            return ""
        word = "smaller" if self.at_low * self.lead < 0 else "larger"
        return (
            f"“{self.name}”: less and more than {self.values.usual}, as expected, "
            f"both make the difference {word}. Costs have steps, such as the shortest "
            "prompt that a cache takes."
        )

    @property
    def turns(self) -> bool:
        """Whether the other technique is the cheaper one at one end."""
        return any(end * self.lead < 0 for end in self.ends)


def sensitivity(
    inputs: CostInputs, out: Collection[PricedTechnique] = ()
) -> tuple[Swing, ...]:
    """Move each uncertain number to both of its ends, and measure the effect.

    A number that a team entered outside of its usual range runs from there to the other
    end of that range.

    The recommended technique is compared with today's plan, and without a plan, or if
    it is the plan, with the cheapest other one that can be chosen.

    Args:
        inputs: The numbers, the models and the day of their prices.
        out: What cannot be chosen whatever it costs: it is compared only where nothing
            else is left.

    Returns:
        One swing for each number that moves the lead by a cent or more, the largest
        first; none if there are no two techniques with a price.

    Raises:
        ValueError: A number is negative, or a share above 1; names it.
    """
    ranged = _with_usual_ranges(inputs)
    pair = _pair(ranged, out)
    if pair is None:
        return ()
    ours, theirs = pair
    swings = [
        _swing(input_id, values, ours, theirs)
        for input_id, values in dict((*theirs.uncertain, *ours.uncertain)).items()
    ]
    moving = [swing for swing in swings if swing.size >= CENT]
    if ranged is not inputs:
        ranged.forget()
    return tuple(sorted(moving, key=lambda swing: -swing.size))


def _swing(
    input_id: InputId, values: Range, ours: DatedCosts, theirs: DatedCosts
) -> Swing:
    """Return the effect of a number; it has none on costs that do not read it."""
    mine, other = ours.amounts(), theirs.amounts()
    _, my_low, my_high = ours.ends.get(input_id, (values, mine, mine))
    _, their_low, their_high = theirs.ends.get(input_id, (values, other, other))
    lead = other.year - mine.year
    return Swing(
        input_id=input_id,
        values=values,
        technique=ours.technique,
        against=theirs.technique,
        lead=lead,
        at_low=their_low.year - my_low.year - lead,
        at_high=their_high.year - my_high.year - lead,
    )


def _with_usual_ranges(inputs: CostInputs) -> CostInputs:
    """Return inputs in which entered numbers outside of their usual range have one."""
    beyond = {
        key: _beside_usual(number, usual)
        for key, number in inputs.given.items()
        if isinstance(number, Decimal)
        and (usual := inputs.defaults.get(key))
        and not usual.is_certain
        and not usual.low <= number <= usual.high
    }
    return replace(inputs, given={**inputs.given, **beyond}) if beyond else inputs


def _beside_usual(number: Decimal, usual: Range) -> Range:
    low, high = min(number, usual.low), max(number, usual.high)
    source = f"Entered outside of the usual range: {usual.source}"
    return replace(usual, low=low, expected=number, high=high, source=source)


def _pair(
    inputs: CostInputs, out: Collection[PricedTechnique]
) -> tuple[DatedCosts, DatedCosts] | None:
    """Return the recommended technique, or the cheapest, and what it is beside."""
    priced = {costs.technique: costs for costs in _priced(inputs)}
    ranked = sorted(priced, key=lambda technique: priced[technique].amounts().year)
    first = inputs.recommended or next(iter(ranked), None)
    others = [technique for technique in ranked if technique != first]
    others.sort(key=out.__contains__)
    if first not in priced or not others:
        return None
    against = inputs.today if inputs.today in others else others[0]
    return priced[first], priced[against]


def _priced(inputs: CostInputs) -> Iterator[DatedCosts]:
    for technique in inputs.techniques:
        try:
            yield dated_costs(technique, inputs)
        except UnpricedError:
            continue
