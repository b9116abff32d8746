"""What it costs to wait for a vote, in a sentence."""

from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.money.states import PlanState
from audits.scoring.money.words import Money


def waiting_costs(money: Money | None, state: PlanState) -> str:
    """Say what a month of a plan costs until the vote.

    Args:
        money: The money of the decision; empty is returned if its plan has no price.
        state: The state of its plan.
    """
    if money is None or money.today is None or state == "stopped":
        return ""
    plan = money.today
    month = f"${written(plan.month.expected)} a month"
    if plan.changes:
        day, last = plan.changes
        month += f", ${written(last)} from {in_words(day)}"
    return f"Until then it costs {month}." if state == "running" else f"Plan: {month}."
