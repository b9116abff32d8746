"""What runs beside an advised plan until it has moved, which no sum of it has."""

from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.costs.rounding import written
from audits.scoring.money.words import Money
from audits.scoring.sentences.both_run import both_run

_NOT_IN = "Not in the sum: "


def until_moved(money: Money | None) -> str:
    """Say what the plan that ends still costs until the advice has replaced it.

    The 12 months of an advice that waits for no model count it as in use from their
    first day, and the current plan as ended then. Empty where no plan ends, or where
    its cost until then is in the sum.

    Args:
        money: The money behind the verdict; None without a price.
    """
    if money is None or money.state != "running":
        return ""
    today, chosen = money.today, money.recommended
    if today is None or chosen is None or today == chosen:
        return ""
    month = written(today.month.expected)
    if chosen.calendar.wait or "proposed" in chosen.roles or month == "0":
        return ""
    # A plan that ends with its model is moved, and tried beside what replaces it.
    ends = today.ends if money.kind == "move" else None
    week = dict(both_run(ends, today.month.expected)).get("week_of_plan")
    tried = f", a week of it (about {week}) with both" if week else ""
    until = f"until “{SHORT_NAMES[chosen.technique]}” replaces it"
    return f"{_NOT_IN}the current plan {until}, ${month} a month{tried}."


def in_one(*said: str) -> str:
    """Return what is not in a sum in one sentence; empty without any.

    >>> in_one("Not in the sum: a test.", "", "Not in the sum: a week.")
    'Not in the sum: a test; a week.'
    >>> in_one("", "")
    ''
    """
    parts = [each.removeprefix(_NOT_IN).removesuffix(".") for each in said if each]
    return f"{_NOT_IN}{'; '.join(parts)}." if parts else ""
