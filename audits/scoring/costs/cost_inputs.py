"""The inputs of a cost plan: the numbers of a team, and defaults for the rest.

A default replaces a missing number and is named as one; without a default, a technique
has no price.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Literal

from audits.scoring.costs.cost_numbers import INPUT_NAMES, InputId, PricedTechnique
from audits.scoring.costs.cost_ranges import Defaults, Range
from audits.scoring.costs.price_schedule import PricedModel

ModelRole = Literal["model", "smaller", "tuned"]


class UnpricedError(Exception):
    """Something cannot be priced; the message says why, in words for a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostInputs:
    """All inputs of a cost plan.

    `on` is the day of the prices. `model` is the model of the prompt; `smaller` is a
    smaller hosted model, which is no option if it `smaller_failed` the same test;
    `teacher` labels for a student, and is `model` unless named; `tuned` is a tuned
    model that is priced per token, and ends with its base. If a model is None, its
    techniques have no price; `missing` says why, where one was named.

    `given` are the team's numbers, each one number or a range; `defaults` replace
    missing ones. `today` is the technique of today's plan. If it `is_built`, the
    one-off cost of its prompt or retrieval is already spent, and not counted again.
    `recommended` is the technique that the swings are about; None means the cheapest.
    """

    on: date
    given: Mapping[InputId, Decimal | Range]
    defaults: Defaults
    model: PricedModel | None = None
    smaller: PricedModel | None = None
    smaller_failed: bool = False
    teacher: PricedModel | None = None
    tuned: PricedModel | None = None
    missing: Mapping[ModelRole, str] = field(default_factory=dict)
    today: PricedTechnique | None = None
    is_built: bool = True
    recommended: PricedTechnique | None = None

    def range_of(self, input_id: InputId) -> Range | None:
        """Return a number with its range; None if it is neither given nor defaulted."""
        number = self.given.get(input_id)
        if isinstance(number, Decimal):
            return Range(
                low=number, expected=number, high=number, unit="", source="given"
            )
        return self.defaults.get(input_id) if number is None else number


@dataclass(slots=True, kw_only=True)
class Scenario:
    """One value for every number, and the day of the prices.

    A number has its expected value unless it is in `moved`. `read` are the numbers that
    were read so far, in order.
    """

    inputs: CostInputs
    day: date
    moved: Mapping[InputId, Decimal] = field(default_factory=dict)
    read: dict[InputId, None] = field(default_factory=dict)

    def optional(self, input_id: InputId) -> Decimal | None:
        """Return a number, or None if it is neither given nor defaulted."""
        found = self.inputs.range_of(input_id)
        if found is None:
            return None
        self.read[input_id] = None
        return self.moved.get(input_id, found.expected)

    def number(self, input_id: InputId) -> Decimal:
        """Return a number.

        Raises:
            UnpricedError: It is neither given nor defaulted.
        """
        value = self.optional(input_id)
        if value is None:
            name = INPUT_NAMES[input_id]
            raise UnpricedError(f"Not known: {name[0].lower()}{name[1:]}")
        return value

    def count(self, input_id: InputId) -> int:
        """Return a number of whole things; a part of one counts as one.

        Raises:
            UnpricedError: It is neither given nor defaulted.
        """
        return int(self.number(input_id).to_integral_value(ROUND_CEILING))

    @property
    def uncertain(self) -> tuple[tuple[InputId, Range], ...]:
        """The numbers that were read and that are not one value, with their ranges."""
        ranges = ((each, self.inputs.range_of(each)) for each in self.read)
        return tuple(
            (each, found) for each, found in ranges if found and not found.is_certain
        )

    @property
    def defaulted(self) -> tuple[InputId, ...]:
        """The numbers that were read and that the team did not give."""
        return tuple(each for each in self.read if each not in self.inputs.given)
