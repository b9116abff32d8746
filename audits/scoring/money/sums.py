"""The sums of a verdict, which a reader sees whatever an author wrote about them."""

from audits.scoring.money.amounts import in_range
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.words import NO_AMOUNT, Money

_NOT_STATED = "Not stated: the recommended technique has no price."


def sums_of(money: Money | None, asked_now: str) -> tuple[tuple[str, str], ...]:
    """Return what is asked for now, over 12 months, and what today's plan costs.

    Args:
        money: The money behind the verdict, in US dollars; None where none is known.
        asked_now: What of it is asked for at once, in a sentence; empty if nothing is.
    """
    if money is None:
        return (("Asked for now", _NOT_STATED),)
    now = asked_now or money.asks
    if money.role == "on_hold":
        now = f"{NO_AMOUNT}."
    sums = [("Asked for now", now or f"{NO_AMOUNT}.")]
    if money.picked and money.chosen != money.today:
        sums.append((money.standing, _year(money.chosen)))
    if money.today:
        sums.append(("Today", _year(money.today)))
    return tuple(sums)


def _year(row: MoneyRow) -> str:
    return f"“{row.name}”: {in_range(row.year)} over 12 months."
