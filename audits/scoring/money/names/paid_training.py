"""What of a planned training is paid already, and what that does to a saving.

Money that is paid is saved by no decision. A number says how much that is on the day
of the verdict: it is then no part of the plan's 12 months. Without that number
nobody knows, so a saving that counts a training is told with the one if it is paid.
"""

from decimal import Decimal
from typing import TYPE_CHECKING

from audits.scoring.calendars.paid_training import PAID
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.money.amounts import dollars
from audits.scoring.money.over_time.changes import paid_for_training

if TYPE_CHECKING:
    from audits.scoring.money.words import Money


def may_be_paid(money: "Money") -> Decimal | None:
    """Return the training of a plan that is counted as saved, and may be paid already.

    It is all of it where nobody entered what is paid. None if somebody did, or if the
    plan trains nothing.
    """
    counts = money.is_against and not money.is_undecided
    is_known = money.is_payment_known
    return paid_for_training(money.today) if counts and not is_known else None


def either_way(money: "Money") -> str:
    """Say that the option to test beside costs less than the plan, paid or not.

    Empty where what is recommended does, too, or where no such option does.
    """
    plan, net, paid = money.today, money.saving_year, may_be_paid(money)
    if plan is None or net is None or not paid or not money.as_untested:
        return ""
    name, year = money.as_untested
    is_less = net < paid and year < plan.year.expected - paid
    return f"; “{name}” (${written(year)}) costs less, paid or not" if is_less else ""


def if_paid(
    net: Decimal, training: Decimal | None, beside: str = "", *, of: str = ""
) -> str:
    """Say what a saving is if the training has been paid by then; empty without one.

    Args:
        net: What is spent less if it is not; negative if it is more.
        training: What may be paid already.
        beside: What else the payment does not change, from `either_way`.
        of: What it trains, where several could be meant, in words.

    >>> if_paid(Decimal(900), Decimal(400))
    ' ($500 less if the $400 for training has been paid before the decision, \
which is not known)'
    >>> if_paid(Decimal(100), Decimal(400))
    ' ($300 more if the $400 for training has been paid before the decision, \
which is not known)'
    >>> if_paid(Decimal(400), Decimal(400))
    ' (nothing less if the $400 for training has been paid before the decision, \
which is not known)'
    """
    if not training:
        return ""
    whose = f" of {of}" if of else ""
    paid = f"if the {dollars(training)} for training{whose} has been paid"
    known = "before the decision, which is not known"
    return f" ({_less(net - training)} {paid} {known}{beside})"


def if_unpaid(net: Decimal, training: Decimal | None, beside: str) -> str:
    """Say the same behind the saving, with both cases side by side.

    Args:
        net: As for `if_paid`.
        training: As for `if_paid`.
        beside: As for `if_paid`.

    >>> if_unpaid(Decimal(100), Decimal(400), "")
    ' if the $400 for training is not paid yet, or $300 more if it has been paid, \
which is not known'
    """
    if not training:
        return ""
    unpaid = f"if the {dollars(training)} for training is not paid yet"
    paid = f"{_less(net - training)} if it has been paid, which is not known"
    return f" {unpaid}, or {paid}{beside}"


def _less(net: Decimal) -> str:
    if not round(net):
        return "nothing less"
    return f"{dollars(abs(net))} {'less' if net > 0 else 'more'}"


def paid_so_far(money: "Money") -> str:
    """Say what is paid of a planned training by the day of the verdict.

    Empty where nobody entered it, or where the verdict ends no plan that trains.
    """
    counts = money.is_against and not money.is_undecided and money.is_payment_known
    today = money.today
    if not counts or today is None or today.state != "planned":
        return ""
    lines = today.calendar.one_offs
    paid = sum((-x.amount for x in lines if x.what == PAID), Decimal(0))
    by = f"had been paid by {in_words(money.on)}"
    if not paid:
        left = paid_for_training(today)
        none = f"As entered, none of the planned training {by}"
        return f"{none}; what was paid since is not saved." if left else ""
    return f"{dollars(paid)} of the planned training {by}, and the plan leaves it out."
