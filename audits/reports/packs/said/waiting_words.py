"""What it costs to wait for a vote, in a sentence."""

from decimal import Decimal

from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.money.states import PlanState
from audits.scoring.money.words import Money


def waiting_costs(
    money: Money | None, state: PlanState, training: Decimal | None
) -> str:
    """Say what a month of a plan costs until the vote, and the training at risk.

    Args:
        money: The money of the decision; empty is returned if its plan has no price.
        state: The state of its plan.
        training: What is paid once for training that the verdict is against.
    """
    if money is None or money.today is None or state == "stopped":
        return ""
    plan = money.today
    month = f"${written(plan.month.expected)} a month"
    if plan.changes:
        day, last = plan.changes
        month += f", and ${written(last)} from {in_words(day)}"
    goes = "goes on at" if state == "running" else "would cost"
    said = f"Until then its plan {goes} {month}."
    if training:
        said += f" ${written(training)} for training is at risk."
    return said
