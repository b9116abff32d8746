"""What a planned training costs whose model would serve no day, in a sentence."""

from datetime import date
from decimal import Decimal

from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.money.over_time.changes import takes_over
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.waiting import named


def for_no_day(plan: MoneyRow, ends: date, training: Decimal, running: Decimal) -> str:
    """Say what is paid for such a model, and what runs before and after it.

    The amounts are US dollars over 12 months and add up to them.

    Args:
        plan: The plan to train.
        ends: When its base model ends.
        training: What of it is paid for the training.
        running: What of it is paid to run what serves in its place.
    """
    moved = plan.moved_once
    verb = "to train and move off" if moved else "to train"
    parts = [
        f"${written(training + moved)} {verb} a model that serves no day "
        f"(it retires on {in_words(ends)})"
    ]
    wait = plan.calendar.wait
    before = named(wait) if wait else ""
    after = takes_over(plan, names_model=True)
    set_up = plan.calendar.once - training - moved
    paid = f"${written(running)}"
    if before and set_up > 0:
        parts.append(f"${written(set_up)} to set up {before} before it")
        runs = f"to run that, then {after}" if after else "to run that"
    elif before and after:
        both = "before and after" if before == after else f"before and {after} after"
        runs = f"for {before} {both} it"
    else:
        runs = f"for {before} before it" if before else f"for {after} after it"
    return f"{', '.join(parts)}, and {paid} {runs if before or after else 'to run it'}."
