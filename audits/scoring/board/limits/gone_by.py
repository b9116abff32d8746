"""What is left of a sum on the day on which a board decides."""

from datetime import date

from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.money.words import Money
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.sums.money_left import funding_left, paid


def gone_by(money: Money | None, day: date | None) -> str:
    """Say from when on a sum counts, and how much of it is left on a later day.

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
    rest = f"on {in_words(day)}, ${written(left.expected)} of it is left"
    first = in_words(money.chosen.starts)
    return f"The sum is a limit for the 12 months from {first}; {rest}."


def _both(money: Money, day: date) -> tuple[Band | None, Band | None]:
    """Return the sum asked for, and what is left of it; None where none is asked."""
    if money.role == "later":
        return money.funding, funding_left(money, day)
    if money.recommended is None or money.chosen == money.today:
        return None, None
    return money.chosen.year, paid(money.chosen, day, begins=True).left
