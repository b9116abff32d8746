"""What of a sum is for days before the day on which a board decides."""

from datetime import date

from audits.scoring.costs.rounding import written
from audits.scoring.money.words import Money
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.sums.money_left import for_days_before, funding_left, paid


def gone_by(money: Money | None, day: date | None) -> str:
    """Say how much of the sum is for days before one, and that a vote is on all of it.

    The 12 months of a sum run from the day of its verdict (docs/decisions/0055). Empty
    where nothing is over, or where the sum has no 12 months.

    Args:
        money: The money behind the verdict; None without a price.
        day: The day on which the board decides; None if nobody said.
    """
    if money is None or day is None or money.measuring:
        return ""
    year, left = _both(money, day)
    if year is None or left is None or year.expected - left.expected < 1:
        return ""
    gone = for_days_before(year.expected - left.expected, "the sum", day)
    rest = f"${written(left.expected)} is left then"
    return f"The vote is on all 12 months. {gone.removesuffix('.')}; {rest}."


def _both(money: Money, day: date) -> tuple[Band | None, Band | None]:
    """Return the sum asked for, and what is left of it; None where none is asked."""
    if money.role == "later":
        return money.funding, funding_left(money, day)
    if money.recommended is None or money.chosen == money.today:
        return None, None
    return money.chosen.year, paid(money.chosen, day, begins=True).left
