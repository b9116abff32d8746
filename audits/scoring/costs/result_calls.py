"""What a call of one technique costs by the results of its test."""

from dataclasses import dataclass
from decimal import Decimal

from audits.scoring.costs.cost_numbers import PricedTechnique


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultCall:
    """A call of a technique at the price of its results, in US dollars.

    `name` is the candidate that was scored; `planned` is what the plan bills for a call
    of it. One that `is_typed` has no results file. If its model `is_other` than that of
    the plan, what is announced for the plan's changes nothing.
    """

    technique: PricedTechnique
    name: str
    call: Decimal
    planned: Decimal
    is_typed: bool = False
    is_other: bool = False
