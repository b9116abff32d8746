"""The sums of a verdict, which a reader sees whatever an author wrote about them."""

from audits.scoring.decision_words import Asking, as_told
from audits.scoring.money.amounts import in_range
from audits.scoring.money.once_met import conditions_open, once_met
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.states import MONEY_NAMES
from audits.scoring.money.words import NO_AMOUNT, Money

_NO_MORE = "Nothing more is asked for"
_NOT_STATED = "Not stated: the recommended technique has no price."


def sums_of(
    money: Money | None,
    asked_now: str,
    still_open: int = 0,
    asking: Asking = "asked",
) -> tuple[tuple[str, str], ...]:
    """Return what is asked for now, over 12 months, and what the current plan costs.

    Args:
        money: The money behind the verdict, in US dollars; None where none is known.
        asked_now: What of it is asked for at once, in a sentence; empty if nothing is.
        still_open: How many conditions of the sign-off are open.
        asking: Whether anybody is asked for a decision: else nothing is asked for.
    """
    if money is None:
        return (("Asked for", _NOT_STATED),)
    now = asked_now or money.asks
    if money.role == "on_hold":
        now = f"{NO_AMOUNT}."
    elif asking != "asked":
        none = _NO_MORE if asking == "decided" else NO_AMOUNT
        now = f"{none}. {as_told(money, asking)}".strip()
    elif now:
        now = if_met(now, still_open, "of the sign-off")
    sums = [("Asked for", now or f"{NO_AMOUNT}.")]
    if money.picked and money.chosen != money.today:
        sums.append((money.standing, _year(money.chosen)))
    if money.today:
        sums.append((MONEY_NAMES[money.state], _year(money.today)))
    return tuple(sums)


def if_met(asked: str, still_open: int, which: str, *, is_said: bool = False) -> str:
    """Say that an amount is asked for once the conditions of a sign-off are met.

    Args:
        asked: What is asked for.
        still_open: How many conditions are open.
        which: Which they are, such as “below”.
        is_said: As for `conditions_open`.

    >>> if_met("$300 now, to measure.", 1, "below")
    '$300 once the condition below is met, to measure.'
    >>> if_met("This asks for $300.", 2, "below")
    'Once the 2 conditions below are met: this asks for $300.'
    """
    return once_met(asked, conditions_open(still_open, which, is_said=is_said))


def _year(row: MoneyRow) -> str:
    return f"“{row.name}”: {in_range(row.year)} over 12 months."


def when_met(money: Money | None, *, holds_money: bool) -> str:
    """Say until when a condition must be met; empty where no money waits for it.

    Args:
        money: The money behind the verdict; None without a price, and then it may wait.
        holds_money: Whether an approved amount waits for the condition.
    """
    if not holds_money:
        return "While the work goes on"
    asks_for_none = money is not None and not money.asks_now
    return "" if asks_for_none else "Before the money is spent"
