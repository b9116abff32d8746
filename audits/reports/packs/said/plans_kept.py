"""What becomes of current plans that no decision of a board ends."""

from collections.abc import Sequence
from decimal import Decimal

from audits.scoring.costs.rounding import written
from audits.scoring.sums.decision_rows import DecisionRow


def plan_left(rows: Sequence[DecisionRow], amount: Decimal | None = None) -> str:
    """Say that plans go on, or that their owners choose so; empty if none is left.

    What a decision only gets ready for leaves a plan to its owner, whatever the board
    decides: approved or refused, nobody has chosen that it serves meanwhile.

    Args:
        rows: The decisions.
        amount: What their plans cost in all; None where one decision is told.
    """
    left = [row for row in rows if row.goes_on]
    chosen = [row.goes_on.expected for row in left if row.goes_on and row.is_chosen]
    if not left:
        return ""
    owner = "owner chooses" if len(chosen) == 1 else "owners choose"
    plan = "Its current plan" if amount is None else f"${written(amount)}"
    if amount is not None and len(left) == 1:
        plan += f" of “{left[0].name}”"
    as_is = "" if amount is None else " as it is"
    if not chosen:
        return f"{plan} goes on{as_is}."
    if len(chosen) == len(left):
        return f"{plan} goes on only if its {owner} so."
    part = f"${written(sum(chosen, Decimal(0)))}"
    return f"{plan} goes on{as_is}, {part} of it only if its {owner} so."
