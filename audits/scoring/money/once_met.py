"""What an amount waits for: open checks of a training, and conditions of a sign-off."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from audits.scoring.explaining.advice_rows import lower_first
from audits.scoring.explaining.assessment import Assessment

if TYPE_CHECKING:
    from audits.scoring.money.words import Money

# When an amount is asked for; months from now on are no amount.
_NOW = re.compile(r"(?<! from) now\b")


def once_met(asked: str, waits_for: str) -> str:
    """Say that an amount is asked for once something is done, and not now.

    Args:
        asked: What is asked for.
        waits_for: What it waits for, as a clause; empty if for nothing.

    >>> once_met("$300 now, to measure.", "the check passes")
    '$300 once the check passes, to measure.'
    >>> once_met("This asks for $300.", "the 2 checks pass")
    'Once the 2 checks pass: this asks for $300.'
    """
    if not (asked and waits_for):
        return asked
    found, number = _NOW.subn(f" once {waits_for}", asked, count=1)
    return found if number else f"Once {waits_for}: {lower_first(asked)}"


def paid_once_met(said: str, waits_for: str) -> str:
    """Say in a note that what is paid now is paid once something is done.

    >>> paid_once_met("Of the $9, $3 is paid now.", "the check passes")
    'Of the $9, $3 is paid once the check passes.'
    >>> paid_once_met("The net is $3 less.", "the check passes")
    'The net is $3 less.'
    """
    return _NOW.sub(f" once {waits_for}", said, count=1) if waits_for else said


def checks_open(assessment: Assessment) -> str:
    """Return what a training with open checks waits for; empty without any."""
    advice = assessment.advice
    if advice is None or advice.standing != "subject_to":
        return ""
    number = len(advice.subject_to)
    return "the check passes" if number == 1 else f"the {number} checks pass"


def conditions_open(
    still_open: int, which: str = "of the sign-off", *, is_said: bool = False
) -> str:
    """Return what an amount waits for while conditions are open, or nothing.

    Args:
        still_open: How many conditions are open.
        which: Which they are, such as “below”.
        is_said: Whether all of them are said to be met, and nobody has confirmed it.

    >>> conditions_open(1, "below", is_said=True)
    'the condition below is confirmed as met'
    """
    if not still_open:
        return ""
    met = "confirmed as met" if is_said else "met"
    if still_open == 1:
        return f"the condition {which} is {met}"
    return f"the {still_open} conditions {which} are {met}"


def until_met(money: "Money | None", still_open: int) -> "Money | None":
    """Return the money of a paper, which waits for open conditions of the sign-off."""
    if money is None or not (still_open and money.asks_now):
        return money
    waits = filter(None, (money.waits_for, conditions_open(still_open)))
    return replace(money, waits_for=" and ".join(waits))
