"""The inputs of a cost plan: the numbers of a team, and defaults for the rest.

A default replaces a missing number and is named as one; without a default, a technique
has no price.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any, Literal

from audits.scoring.costs.cost_numbers import (
    AS_TESTED,
    INPUT_NAMES,
    TECHNIQUE_NAMES,
    TRAINED,
    WITH_DOCUMENTS,
    InputId,
    PricedTechnique,
)
from audits.scoring.costs.cost_ranges import Defaults, Range
from audits.scoring.costs.price_schedule import PricedModel
from audits.scoring.costs.result_calls import ResultCall

ModelRole = Literal["model", "smaller", "tuned"]


class UnpricedError(Exception):
    """Something cannot be priced; the message says why, in words for a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """What a tuned model that ends is moved to, and what is compared before that.

    `to` is one of the `compared` techniques, which are tested on the same cases.
    """

    to: PricedTechnique
    compared: tuple[PricedTechnique, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CostInputs:
    """All inputs of a cost plan.

    `on` is the day of the prices. `model` is the model of the prompt; `smaller` is a
    smaller hosted model, which is no option if it `smaller_failed` the same test;
    `teacher` labels for a student, and is `model` unless named; `tuned` is a tuned
    model that is priced per token, and ends with its base. If a model is None, its
    techniques have no price; `missing` says why, where one was named, and why a number
    has no default.

    `given` are the team's numbers, each one number or a range; `defaults` replace
    missing ones. `today` is the technique of today's plan. If it `is_built`, the
    one-off cost of its prompt or retrieval is already spent, and not counted again; so
    is that of its trained model if that `is_live`. The lengths are those of the calls
    that are `sent` today, so the examples of that technique are in them.
    `examples_on_smaller` says that the smaller model passed the test with examples, so
    that few-shot is for that one; what is advised `on_smaller` is, too. On so many
    `cases` somebody tested already, and so many examples to look up are `reviewed`, so
    they are no more paid for. A technique that is `tested` is there, so nothing is paid
    to build it.
    A new model `is_awaited` for some months, in which `meanwhile` serves, or nothing;
    else it is priced as if it served from the first day.
    `after_tuned` is what follows a tuned model that ends, where no tuned one does.
    `moving` says that a tuned model is moved in time, where that is what is priced.
    `recommended` is the technique that the swings are about; None means the cheapest.
    An advice `adds_documents` to a prompt that does not hold them today: that prompt is
    one more technique. `by_results` is the one whose calls cost what its results say.
    `known` keeps what was priced from these inputs, so that nothing is priced twice.
    """

    on: date
    given: Mapping[InputId, Decimal | Range]
    defaults: Defaults
    adds_documents: bool = False
    by_results: ResultCall | None = None
    model: PricedModel | None = None
    smaller: PricedModel | None = None
    smaller_failed: bool = False
    teacher: PricedModel | None = None
    tuned: PricedModel | None = None
    missing: Mapping[ModelRole | InputId, str] = field(default_factory=dict)
    today: PricedTechnique | None = None
    sent: PricedTechnique | None = None
    is_built: bool = True
    is_live: bool = False
    examples_on_smaller: bool = False
    on_smaller: frozenset[PricedTechnique] = frozenset()
    cases: int = 0
    reviewed: int = 0
    tested: frozenset[PricedTechnique] = frozenset()
    is_awaited: bool = False
    meanwhile: PricedTechnique | None = None
    after_tuned: PricedTechnique = "prompt"
    moving: Moving | None = None
    recommended: PricedTechnique | None = None
    expected: Mapping[str, Decimal] = field(init=False, compare=False, repr=False)
    known: dict[object, Any] = field(
        init=False, compare=False, repr=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        expected: dict[str, Decimal] = {k: x.expected for k, x in self.defaults.items()}
        for key, found in self.given.items():
            expected[key] = found if isinstance(found, Decimal) else found.expected
        object.__setattr__(self, "expected", expected)

    @property
    def techniques(self) -> tuple[PricedTechnique, ...]:
        """The techniques to price, in the order they are worth trying."""
        tested = self.by_results and self.by_results.technique
        is_there = {WITH_DOCUMENTS: self.adds_documents, AS_TESTED: tested == AS_TESTED}
        return tuple(each for each in TECHNIQUE_NAMES if is_there.get(each, True))

    def forget(self) -> None:
        """Forget what was priced: it names these inputs, so nothing else frees it."""
        self.known.clear()

    def has(self, technique: PricedTechnique) -> bool:
        """Whether a technique runs already, as planned today."""
        is_there = self.is_live if technique in TRAINED else self.is_built
        return is_there and technique == self.today

    def is_made(self, technique: PricedTechnique) -> bool:
        """Whether a technique is there, so that nothing is paid to build it."""
        built: PricedTechnique = "prompt" if technique == AS_TESTED else technique
        return built in self.tested or self.has(built)

    def waits(self, technique: PricedTechnique) -> bool:
        """Whether something else serves until a model is trained and ready."""
        is_new = technique in TRAINED and not self.has(technique)
        is_known = "ready_months" in self.expected
        return is_new and is_known and self.is_awaited

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
        value = self.moved.get(input_id) if self.moved else None
        if value is None:
            value = self.inputs.expected.get(input_id)
        if value is not None:
            self.read[input_id] = None
        return value

    def number(self, input_id: InputId) -> Decimal:
        """Return a number.

        Raises:
            UnpricedError: It is neither given nor defaulted.
        """
        value = self.optional(input_id)
        if value is None:
            not_known = f"“{INPUT_NAMES[input_id]}” is not known"
            raise UnpricedError(self.inputs.missing.get(input_id, not_known))
        return value

    def entered(self, input_id: InputId) -> Decimal | None:
        """Return a number that the team gave; None if it did not, whatever is usual."""
        return self.number(input_id) if input_id in self.inputs.given else None

    def count(self, input_id: InputId) -> int:
        """Return a number of whole things; a part of one counts as one.

        Raises:
            UnpricedError: It is neither given nor defaulted.
        """
        return ceil(self.number(input_id))

    def part[Value](self, price: Callable[["Scenario"], Value]) -> Value:
        """Return what a part of a cost comes to here, priced once.

        Args:
            price: Prices the part; the same function is the same part.

        Raises:
            UnpricedError: A number or a model is missing.
        """
        part = part_of(price, self.inputs, self.day)
        if self.moved:
            return part.at(self.moved)
        self.read |= part.read
        return part.expected


@dataclass(slots=True)
class Part[Value]:
    """A part of a cost on a day: as expected, and again as the numbers it reads move.

    `plain` is the scenario of its expected value. What it did not read there cannot
    change it.
    """

    price: Callable[[Scenario], Value]
    expected: Value
    plain: Scenario
    _moved: dict[tuple[tuple[InputId, Decimal], ...], Value] = field(
        default_factory=dict
    )
    _ends: dict[InputId, tuple[Value, Value]] = field(default_factory=dict)

    @property
    def read(self) -> dict[InputId, None]:
        """The numbers that it reads, in order."""
        return self.plain.read

    def ends(self, input_id: InputId, values: Range) -> tuple[Value, Value]:
        """Return what it comes to if a number is at its low, and at its high end."""
        found = self._ends.get(input_id)
        if found is None:
            low = self._at_end(input_id, values.low)
            high = self._at_end(input_id, values.high)
            found = self._ends[input_id] = low, high
        return found

    def _at_end(self, input_id: InputId, end: Decimal) -> Value:
        if end == self.plain.inputs.expected[input_id]:
            return self.expected
        return self._with({input_id: end})

    def at(self, moved: Mapping[InputId, Decimal]) -> Value:
        """Return what it comes to if some numbers are moved, priced once for each."""
        read = self.plain.read
        key = tuple([pair for pair in moved.items() if pair[0] in read])
        if not key:
            return self.expected
        found = self._moved.get(key)
        if found is None:
            found = self._moved[key] = self._with(moved)
        return found

    def _with(self, moved: Mapping[InputId, Decimal]) -> Value:
        plain = self.plain
        return self.price(Scenario(inputs=plain.inputs, day=plain.day, moved=moved))


def part_of[Value](
    price: Callable[[Scenario], Value], inputs: CostInputs, day: date
) -> Part[Value]:
    """Return a part of a cost on a day; from the same inputs, the same one.

    Raises:
        UnpricedError: A number or a model is missing.
    """
    found: Part[Value] | None = inputs.known.get((price, day))
    if found is None:
        plain = Scenario(inputs=inputs, day=day)
        found = inputs.known[price, day] = Part(price, price(plain), plain)
    return found
