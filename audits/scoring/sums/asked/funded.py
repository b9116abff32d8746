"""What it takes to run a model, asked for before any training, as a row of amounts."""

from dataclasses import dataclass
from decimal import Decimal

from audits.scoring.money.words import Money
from audits.scoring.pricing.cost_plan import Band


@dataclass(frozen=True, slots=True, kw_only=True)
class Funded:
    """What is asked for: once, and over 12 months."""

    once: Decimal
    year: Band


def funded(money: Money | None) -> Funded | None:
    """Return what a decision asks for to run a model; None if it asks for none.

    Args:
        money: The money behind the decision.
    """
    if money is None or money.role != "later" or money.state == "stopped":
        return None
    people, practices, year = money.people, money.practices, money.funding
    if people is None or year is None:
        return None
    is_set_up = practices is not None and practices.number > 0
    return Funded(
        once=practices.expected if practices and is_set_up else Decimal(),
        year=year,
    )
