"""What a planned training costs, and for how many days its model would serve."""

from audits.scoring.calendars.from_day import FromDay
from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.money.over_time.changes import paid_for_training, takes_over
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.waiting import named
from audits.scoring.money.words import Money
from audits.scoring.options.going_on.no_day import for_no_day


def bought(
    plan: MoneyRow | None, money: Money | None = None, then: FromDay | None = None
) -> str:
    """Say what a planned training is paid for, which adds up to its 12 months.

    Empty if its model stays, or serves no day even if it is trained at once.

    Args:
        plan: The current plan; None without one.
        money: The money behind the verdict, whose way may be what follows.
        then: The same from the day of a decision, on which the training begins.
    """
    training = paid_for_training(plan)
    if plan is None or training is None or plan.ends is None:
        return ""
    first = plan.calendar.wait.until if plan.calendar.wait else plan.starts
    if plan.ends <= first:
        return ""
    days = (plan.ends - ((then and then.serves) or first)).days
    running = (then.year if then else plan.year.expected) - plan.calendar.once
    if days <= 0:
        return for_no_day(plan, plan.ends, training, running)
    use = f"at most {days} day{'s' * (days != 1)}"
    use += f" (it retires on {in_words(plan.ends)})"
    parts = [f"${written(training)} to train a model that serves {use}"]
    if plan.calendar.wait and (before := named(plan.calendar.wait)):
        set_up = plan.calendar.once - training - plan.moved_once
        paid = f"${written(set_up)} for " if set_up > 0 else ""
        parts.append(f"{paid}{before} before it")
    if moved := plan.moved_once:
        parts.append(f"${written(moved)} to move off it")
    if after := takes_over(plan):
        is_same = money and after == f"“{SHORT_NAMES[money.chosen.technique]}”"
        parts.append(f"then {after}{' all the same' if is_same else ''}")
    return f"{', '.join(parts)}, and ${written(running)} to run it all."
