"""Why what is advised costs nothing to build, and what that costs if it is not so."""

from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.costs.rounding import written
from audits.scoring.money.words import Money


def built_already(money: Money | None) -> str:
    """Say that a set-up is not in the sum, as a test has it, and about what it costs.

    Empty where it is paid for, or where a test proves that it is there.

    Args:
        money: The money behind the assessment; None without a price.
    """
    if money is None or money.recommended is None or not money.only_tested:
        return ""
    cost, name = money.built_again, f"“{SHORT_NAMES[money.chosen.technique]}”"
    again = f" (about ${written(cost)} if it must be built again)" if cost else ""
    return f"Not in the sum: building {name}, which its test has built already{again}."
