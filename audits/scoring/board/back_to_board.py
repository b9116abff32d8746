"""When a board hears again of what it decides: the first day on which it can."""

from collections.abc import Iterator
from datetime import date

from audits.scoring.days import in_words
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.moves import move_of
from audits.scoring.money.words import Money


def back_to_board(
    assessment: Assessment,
    money: Money | None,
    on: date | None,
    decided: date | None,
    shown: date | None = None,
) -> str:
    """Say when a decision comes back to the board; empty where nobody says a day.

    That is when a step shows what may change the verdict, when a new model is ready, or
    when one that runs retires: the board then hears whether it went as decided. It is
    the last day of the decision at the latest.

    Args:
        assessment: What is decided.
        money: The money behind it, if it is known.
        on: The last day of the decision; None where none is taken on its day.
        decided: The day of the decision, which a day that counts comes after.
        shown: By when the first step is done that may change the verdict, if one may.
    """
    if on is None:
        return ""
    days = [x for x in _days(assessment, money) if decided is None or x > decided]
    last = min([on, *days])
    if shown and shown < last:
        return f"Back to the board by {in_words(shown)}, with the first result."
    return f"Back to the board by {in_words(last)}."


def _days(assessment: Assessment, money: Money | None) -> Iterator[date]:
    if move := move_of(assessment):
        yield move.ends
    if money is None:
        return
    wait, plan = money.chosen.calendar.wait, money.today
    if wait and wait.is_ready and money.recommended:
        yield wait.until
    if plan and plan.ends and money.state == "running":
        yield plan.ends
