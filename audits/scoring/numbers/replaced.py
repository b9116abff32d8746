"""The shape of the numbers that a team entered instead of those that Attune assumes."""

from dataclasses import dataclass
from decimal import Decimal

from audits.scoring.costs.cost_numbers import InputId, PricedTechnique
from audits.scoring.costs.cost_ranges import Range
from audits.scoring.proposals.proposal import Rate

# A year that differs by more than this share is said to readers.
_MATERIAL = Decimal("0.1")
# From so many times on, pages say how many times as much an amount is.
TIMES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacedNumber:
    """A number that a team entered instead of the `usual` one; in US dollars."""

    input_id: InputId
    entered: Decimal
    usual: Range

    @property
    def is_outside(self) -> bool:
        """Whether it is outside the range of the usual one; without one, it is not."""
        is_inside = self.usual.low <= self.entered <= self.usual.high
        return not self.usual.is_certain and not is_inside


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacedYear:
    """What 12 months of a technique cost as entered, and with the usual numbers."""

    technique: PricedTechnique
    year: Decimal
    usual_year: Decimal

    @property
    def is_moved(self) -> bool:
        """Whether both differ."""
        return self.year != self.usual_year

    @property
    def is_material(self) -> bool:
        """Whether they differ so much that pages say it, also for numbers in ranges."""
        return abs(self.year - self.usual_year) > self.usual_year * _MATERIAL

    @property
    def is_apart(self) -> bool:
        """Whether one of both is several times the other."""
        less, more = sorted((self.year, self.usual_year))
        return more > less * TIMES


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacedRate:
    """A team's own exchange rate of an offer, far from the `published` one.

    `year` is what 12 months of the offer cost in US dollars as entered, `usual_year`
    at the published rate; both as pages print them.
    """

    currency: str
    entered: Decimal
    published: Rate
    year: Decimal
    usual_year: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """What a team replaced among the numbers behind the money.

    `years` are those of what the verdict leads to and of today's plan that have a
    price: as entered, and with what Attune assumes instead of all `numbers`.
    """

    numbers: tuple[ReplacedNumber, ...] = ()
    years: tuple[ReplacedYear, ...] = ()
    rate: ReplacedRate | None = None

    @property
    def told(self) -> tuple[ReplacedNumber, ...]:
        """The numbers, if one is outside of its range or they move much; else none."""
        is_told = any(each.is_material for each in self.years) or self.outside
        return self.numbers if is_told else ()

    @property
    def outside(self) -> int:
        """How many numbers are outside of their ranges."""
        return sum(each.is_outside for each in self.numbers)

    @property
    def apart(self) -> ReplacedYear | None:
        """The first year that numbers outside of their ranges move several times."""
        years = self.years if self.outside else ()
        return next((each for each in years if each.is_apart), None)

    @property
    def is_told(self) -> bool:
        """Whether readers are told anything of it at the top of a page."""
        return bool(self.told or self.rate)
