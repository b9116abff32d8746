"""What a board is asked for, and what is done once it agrees: as every page says it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from audits.frameworks.schema import Framework
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.explaining.advice_rows import asked, lower_first
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.for_board import for_board
from audits.scoring.money.over_time.changes import paid_for_training
from audits.scoring.money.words import Money
from audits.scoring.moving.successor import with_successor
from audits.scoring.sums.asked.net_parts import net_parts

type BoardState = Literal["waits", "not_signed", "not_asked"]
_ASKS, _THEN = "This asks for ", "Once it agrees: "
_INSTEAD = re.compile(
    r"(?<= over 12 months), instead of \$[\d,]+ (?:for|of) "
    r"(?P<plan>the current plan|planned)(?: spending)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PutToBoard:
    """What the board is asked to agree to, the amount, and what to do after that.

    `then` is empty where the title of what to do first is shown as it is, and where it
    is what the board is asked for; `is_said` tells these apart. `until` says what waits
    for it.
    """

    says: str
    amount: str
    then: str = ""
    is_said: bool = False
    by: date | None = None
    until: str = ""


def put_to_board(
    framework: Framework,
    assessment: Assessment,
    money: Money | None,
    *,
    title: str,
    is_for_board: bool,
    now: str,
    state: BoardState,
    by: date | None = None,
) -> PutToBoard | None:
    """Return what the board is asked for; None where it is not asked.

    Before a sign-off, it is asked only where that is all there is to do.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        money: The money behind it; None without any.
        title: What to do first; empty where nothing is advised.
        is_for_board: Whether that is what the board is asked for.
        now: What is asked for at once; empty if nothing is.
        state: Whether the verdict is signed, and the board has yet to decide it.
        by: By when it decides, if somebody entered that.
    """
    if state == "not_asked":
        return None
    if state == "not_signed":
        if not (is_for_board and now):
            return None
        until = _until(money)
        return PutToBoard(says=title, amount=now, is_said=True, until=until)
    asks = with_successor(asked(framework, assessment), framework, assessment, money)
    amount = now or (money.asks.removeprefix(_ASKS) if money else "")
    amount = _from_day(assessment, money, amount, by)
    is_order = not (assessment.measurements or is_for_board or _is_checked(assessment))
    then = f"{_THEN}{lower_first(title)}" if title and is_order else ""
    is_said = is_for_board or bool(then)
    says = for_board(asks)
    return PutToBoard(
        says=says,
        amount=amount,
        then=then,
        is_said=is_said,
        by=by,
        until=_until(money),
    )


def _until(money: Money | None) -> str:
    """Say that what a training is paid meanwhile is not saved; may be empty."""
    if money is None or money.is_undecided or not money.is_against:
        return ""
    pays = paid_for_training(money.today)
    return (
        "Pay nothing more for training until then: what is paid cannot be saved."
        if pays
        else ""
    )


def _from_day(
    assessment: Assessment, money: Money | None, amount: str, by: date | None
) -> str:
    """Return an amount with what 12 months from the decision save, as page 1 has it."""
    parts = net_parts(assessment, money, by)
    if by is None or parts is None or parts.since is None:
        return amount
    saved = f"${written(abs(parts.saved))} {'less' if parts.saved >= 0 else 'more'}"
    then = rf" from {in_words(by)}: {saved} than \g<plan>"
    return _INSTEAD.sub(then, amount)


def _is_checked(assessment: Assessment) -> bool:
    """Return whether checks come before the board's approval."""
    return bool(assessment.advice and assessment.advice.standing)
