"""What it costs to wait for a vote, in a sentence."""

import re

from audits.reports.one_page.money_said import cheaper_then
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.money.states import PlanState
from audits.scoring.money.words import Money
from audits.scoring.sums.asked.net_parts import NetParts

_LATER = re.compile(r"about (\d+) months? later, the plan is cheaper in all")
_COUNTED = 12  # months that amounts are for


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


def cheaper_later(money: Money | None, net: NetParts | None) -> str:
    """Say when a plan that ends is cheaper in all after all; empty if it never is.

    Args:
        money: The money of the decision, of which page 1 says the same.
        net: What it saves from the day of the decision; None if it ends no plan.
    """
    said = money.brief if money else ""
    if cheaper := cheaper_then(money, net):
        said = f"{cheaper}, the plan is cheaper in all"
    found = _LATER.search(said)
    if found is None:
        return ""
    return f"The plan is cheaper in all after about {_COUNTED + int(found[1])} months."
