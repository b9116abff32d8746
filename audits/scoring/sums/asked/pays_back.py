"""From how many calls on a training pays back."""

from audits.scoring.money.names.paid_training import may_be_paid
from audits.scoring.money.words import Money

_FAR = 100  # times the volume of now: no plan of training counts on it


def pays_back_line(money: Money) -> str:
    """Say above which volume training is cheaper, and what this use case has.

    Args:
        money: The money behind a verdict.
    """
    crossing = money.crossing
    if crossing is None or not crossing.requests:
        return ""
    if crossing.requests > _FAR * crossing.now:
        return ""
    if money.unpriced or crossing.is_cut:  # it compares what is in its place
        return ""
    unpaid = ", if it is not paid yet" if crosses_unpaid(money) else ""
    return f"{crossing.pays_back}{unpaid}; this use case has {crossing.now:,}."


def found(money: Money) -> str:
    """Say it as a heading, and which training it is where another one is compared.

    Args:
        money: The money behind a verdict, with a crossing.
    """
    crossing = money.crossing
    if crossing is None:
        return ""
    is_other = money.unpriced or crossing.is_cut
    return crossing.message if is_other else crossing.finding


def crosses_unpaid(money: Money) -> bool:
    """Return whether the volume of a crossing counts a training that may be paid."""
    plan, crossing = money.today, money.crossing
    if plan is None or crossing is None or crossing.trained != plan.technique:
        return False
    return bool(may_be_paid(money))
