"""What it takes to run a model, asked for before any training, as a row of amounts."""

from dataclasses import dataclass
from decimal import Decimal

from audits.scoring.costs.cost_drivers import YEAR_MONTHS
from audits.scoring.costs.rounding import as_printed
from audits.scoring.money.words import Money
from audits.scoring.pricing.cost_plan import Band


@dataclass(frozen=True, slots=True, kw_only=True)
class Funded:
    """What is asked for: a month, once, and over 12 months."""

    month: Band
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
        month=Band(
            low=_month(people.low),
            expected=people.month,
            high=_month(people.high),
        ),
        once=practices.expected if practices and is_set_up else Decimal(),
        year=year,
    )


def _month(year: Decimal) -> Decimal:
    return as_printed(year / YEAR_MONTHS)
