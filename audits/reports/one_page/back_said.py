"""When the board hears again of what it decides."""

from datetime import date

from audits.frameworks.schema import Framework
from audits.scoring import Assessment
from audits.scoring.board.back_to_board import back_to_board
from audits.scoring.board.by_when import may_change_by
from audits.scoring.board.limits.why_day import with_reason
from audits.scoring.money.words import Money
from audits.scoring.summary.plan import plan_of


def back_said(
    framework: Framework,
    assessment: Assessment,
    money: Money | None,
    on: date | None,
    decided: date | None,
) -> str:
    """Say when it does, and with what; empty without a day.

    Args:
        framework: The framework, which has the words.
        assessment: What was decided.
        money: The money behind it, if it is known.
        on: The day on which it comes back, if there is one.
        decided: By when the board decides, if somebody said.
    """
    if on is None or decided is None:
        return ""
    shown = may_change_by(plan_of(framework, assessment).first, decided)
    back = back_to_board(assessment, money, on, decided, shown)
    return with_reason(assessment, money, back)
