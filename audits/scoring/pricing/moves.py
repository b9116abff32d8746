"""What a tuned model that ends may give way to, with its price: the shapes."""

from dataclasses import dataclass
from datetime import date

from audits.scoring.costs.cost_numbers import TRAINED, InputId, PricedTechnique
from audits.scoring.pricing.cost_plan import Price


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """The prompt on the model that its provider names for a tuned one that ends."""

    model: str
    price: Price


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What a tuned model may be moved to: a technique, and the model it runs on.

    `price` is that of the 12 months in which the move happens: the tuned model until it
    ends, then this; its `month` is one after the move, and its `one_off` pays for all
    that is compared. `assumed` are the numbers behind it that the team did not give.
    """

    technique: PricedTechnique
    model: str
    price: Price
    assumed: tuple[InputId, ...] = ()

    @property
    def is_trained(self) -> bool:
        """Whether it is a successor, trained again."""
        return self.technique in TRAINED


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Where a tuned model is moved before its base ends, the cheapest first.

    `ends` is the day on which it ends, and `days` is what the move takes before that.
    `is_named` says that the team named the base of the successor; else it is the
    cheapest that can be tuned now and on that day, and has a price. Without a successor
    among the candidates, none can be tuned that has a price.
    """

    ends: date
    days: int
    candidates: tuple[Candidate, ...]
    is_named: bool = False

    @property
    def successor(self) -> Candidate | None:
        """The candidate that is trained; None if no model can be."""
        return next((x for x in self.candidates if x.is_trained), None)
