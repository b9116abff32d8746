"""Which 12 months a board is asked to pay for: from the day on which it decides."""

from datetime import date

from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.money.words import Money
from audits.scoring.pricing.cost_plan import Band
from audits.scoring.sums.money_left import paid


def asked_from(money: Money, day: date | None) -> date:
    """Return the first day of the 12 months that a sum pays for.

    It is the day of the decision: no board approves days that are over. Without such a
    day, it is that of the verdict (docs/decisions/0197).

    Args:
        money: The money behind the verdict.
        day: The day on which the board decides; None if nobody said.
    """
    starts = money.chosen.starts
    return max(day, starts) if day else starts


def term_of(money: Money | None, first: date | None, *, has_table: bool) -> str:
    """Return the 12 months of a sum in words that follow it.

    Empty where a table beside it has the same ones.

    Args:
        money: The money behind the verdict; None without a price.
        first: The first of its days.
        has_table: Whether a table says what 12 months from the verdict cost.
    """
    if money is None or first is None:
        return ""
    if has_table and first == money.chosen.starts:
        return ""
    return f" for the 12 months from {in_words(first)}"


def costs_then(money: Money | None, first: date | None) -> str:
    """Say what 12 months from a later day cost, where that is not the sum asked for.

    Most cost the same every month, so their 12 months cost the same from any day.
    Empty then, and where the sum has no 12 months.

    Args:
        money: The money behind the verdict; None without a price.
        first: The first day of the 12 months that are asked for.
    """
    if money is None or first is None or money.measuring or money.role == "later":
        return ""
    year, then = _both(money, first)
    if year is None or then is None or abs(year.expected - then.expected) < 1:
        return ""
    return (
        f"The sum is priced from {in_words(money.chosen.starts)}; 12 months from "
        f"{in_words(first)} are expected to cost ${written(then.expected)}."
    )


def _both(money: Money, first: date) -> tuple[Band | None, Band | None]:
    """Return the sum asked for, and that from a day on; None where none is asked."""
    if money.recommended is None or money.chosen == money.today:
        return None, None
    return money.chosen.year, paid(money.chosen, first, begins=True).left
