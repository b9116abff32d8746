"""What a verdict leads to costs now, and what it cost before, in words."""

from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.costs.rounding import written
from audits.scoring.money.words import Money


def cost_since(was: Money | None, now: Money | None) -> str:
    """Say what 12 months of what a verdict leads to cost now, and before.

    Args:
        was: The money before; None if it has no price.
        now: The money now.

    Returns:
        A sentence; empty if one of the two is not known or on hold, or both are equal.
    """
    if was is None or now is None or "on_hold" in (was.role, now.role):
        return ""
    before, after = was.chosen, now.chosen
    amounts = [f"${written(row.year.expected)}" for row in (before, after)]
    name, old_name = (f"“{SHORT_NAMES[row.technique]}”" for row in (after, before))
    if name != old_name:
        return (
            f"12 months of {name} cost {amounts[1]}, instead of {amounts[0]} for "
            f"{old_name}."
        )
    if amounts[0] == amounts[1]:
        return ""
    return f"12 months of {name} cost {amounts[1]} instead of {amounts[0]}."
