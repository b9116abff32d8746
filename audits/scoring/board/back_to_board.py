"""When a board hears again of what it decides: the first day on which it can."""

from collections.abc import Iterator
from datetime import date, timedelta

from audits.scoring.days import in_words
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.moves import move_of
from audits.scoring.money.words import Money
from audits.scoring.sums.months_from_day import meanwhile_from

_FIRST = "with the first result"
_READY = "with the new model’s test: use it, or stop"
_AFTER_END = "with what runs as the old model retires"
_BEFORE_END = "with whether its replacement runs: the old model retires two weeks later"
_TWO_WEEKS = timedelta(days=14)
_AS_IT_ENDS = "with what it cost and how it answers"


def back_to_board(
    assessment: Assessment,
    money: Money | None,
    on: date | None,
    decided: date,
    shown: date | None = None,
) -> str:
    """Say when a decision comes back to the board; empty where nobody says a day.

    That is when a step shows what may change the verdict, when a new model is ready, or
    two weeks before one that runs retires, while something else can still be done. It
    is the last day of the decision at the latest.

    Args:
        assessment: What is decided.
        money: The money behind it, if it is known.
        on: The last day of the decision; None where none is taken on its day.
        decided: The day of the decision, which a day that counts comes after.
        shown: By when the first step is done that may change the verdict, if one may.
    """
    if on is None:
        return ""
    found = [(on, _AS_IT_ENDS), *_days(assessment, money, decided)]
    days = [x for x in found if x[0] == on or x[0] > decided]
    last, brings = min(days, key=lambda x: x[0])
    if shown and shown < last:
        last, brings = shown, _FIRST
    return f"Back to the board by {in_words(last)}, {brings}."


def _days(
    assessment: Assessment, money: Money | None, decided: date
) -> Iterator[tuple[date, str]]:
    """Yield the days on which something is known, each with what the board hears."""
    if move := move_of(assessment):
        yield _before(move.ends, decided)
    if money is None:
        return
    served, plan = meanwhile_from(money.chosen.calendar, decided), money.today
    if served and money.recommended:
        yield served[0], _READY
    if plan and plan.ends and money.state == "running":
        yield _before(plan.ends, decided)


def _before(ends: date, decided: date) -> tuple[date, str]:
    """Return a day two weeks before a model retires, or that one if it is too late."""
    early = ends - _TWO_WEEKS
    if early <= decided:
        return ends, _AFTER_END
    return early, _BEFORE_END
