"""From how many calls on a training pays back."""

from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.money.names.paid_training import may_be_paid
from audits.scoring.money.words import Money
from audits.scoring.pricing.crossing import Crossing

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
    if money.unpriced:  # what is priced beside it is all that can be said
        return _in_its_place(money, crossing)
    unpaid = ", if it is not paid yet" if crosses_unpaid(money) else ""
    return f"{crossing.pays_back}{unpaid}; this use case has {crossing.now:,}."


def found(money: Money) -> str:
    """Say it as a heading, and which training it is where that advised has no price.

    Args:
        money: The money behind a verdict, with a crossing.
    """
    crossing = money.crossing
    if crossing is None:
        return ""
    return crossing.message if money.unpriced else crossing.finding


def _in_its_place(money: Money, crossing: Crossing) -> str:
    """Say from where on a larger training pays back, where that of a part is advised.

    Its own price is not known, so a volume below that is no saving yet.
    """
    if money.role != "meanwhile" or crossing.now >= (crossing.about or 0):
        return ""
    return (
        f"“{SHORT_NAMES[crossing.trained]}”, the training with a price, pays back only "
        f"above about {crossing.about:,} calls a month; this use case has "
        f"{crossing.now:,}."
    )


def crosses_unpaid(money: Money) -> bool:
    """Return whether the volume of a crossing counts a training that may be paid."""
    plan, crossing = money.today, money.crossing
    if plan is None or crossing is None or crossing.trained != plan.technique:
        return False
    return bool(may_be_paid(money))
