"""How long a planned model would serve for what its training costs."""

from audits.scoring.costs.rounding import written
from audits.scoring.money.over_time.changes import paid_for_training
from audits.scoring.money.rows import MoneyRow


def bought(plan: MoneyRow | None) -> str:
    """Say how many days of use a planned training buys; empty if its model stays.

    Args:
        plan: The current plan; None without one.
    """
    training = paid_for_training(plan)
    if plan is None or training is None or plan.ends is None:
        return ""
    wait = plan.calendar.wait
    days = (plan.ends - (wait.until if wait else plan.starts)).days
    if days <= 0:
        return ""
    use = f"{days} day{'s' * (days != 1)} of use"
    moved = plan.moved_once
    then = f"; moving off it costs ${written(moved)}: both included" if moved else ""
    return f"Its training, ${written(training)}, buys at most {use}{then}."
