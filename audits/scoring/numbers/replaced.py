"""The shape of the numbers that a team entered outside of their usual ranges."""

from dataclasses import dataclass
from decimal import Decimal

from audits.scoring.costs.cost_numbers import InputId, PricedTechnique
from audits.scoring.costs.cost_ranges import Range
from audits.scoring.proposals.proposal import Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacedNumber:
    """A number that a team entered outside its `usual` range; amounts in US dollars."""

    input_id: InputId
    entered: Decimal
    usual: Range


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
    """What a team replaced that moves the money; `moves_plan` says today's plan's, too.

    `technique` is what the verdict leads to: `year` are its 12 months as entered, and
    `usual_year` the same with what Attune assumes instead of `numbers`. All are None
    where it has no price, or where no number is outside of its range.
    """

    numbers: tuple[ReplacedNumber, ...] = ()
    technique: PricedTechnique | None = None
    year: Decimal | None = None
    usual_year: Decimal | None = None
    moves_plan: bool = False
    rate: ReplacedRate | None = None

    @property
    def moves_page_one(self) -> bool:
        """Whether what the verdict leads to, or today's plan, costs another amount."""
        return self.moves_plan or self.usual_year != self.year
