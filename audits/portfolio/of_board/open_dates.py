"""What a use case waits for by a day: its next date, and the open ones after it."""

from datetime import date
from operator import itemgetter

from audits.models import Audit, PortfolioRow

CONDITION = "Condition of the sign-off"
CARRY_OUT = "Carrying out the board’s decision"
BOARD = "Decision of the board"
LOOK_AGAIN = "The board’s next look"
REVIEW = "Review"
# What happens on the day, before it in a narrow column; else it is decided.
_IN_SHORT = {
    CONDITION: "Condition",
    CARRY_OUT: "Carry out",
    LOOK_AGAIN: "Board",
    REVIEW: REVIEW,
}


def due_for(row: PortfolioRow) -> str | None:
    """Return what the next date of a use case is for."""
    return next((kind for _, kind in open_dates(row)), None)


def due_in_short(row: PortfolioRow) -> str:
    """Return the same in a word or two, to go before the day; empty without one."""
    kind = due_for(row)
    return _IN_SHORT.get(kind, "Decide") if kind else ""


def open_dates(row: PortfolioRow) -> list[tuple[date, str]]:
    """Return the next date of a use case, and what else it waits for by a day.

    The first one comes first, each with what it is for.
    """
    if row.due_on is None:
        return []
    if row.state != Audit.State.SIGNED_OFF:
        return [(row.due_on, row.comes_first or "Decision")]
    board = {"undecided": BOARD, "open": CARRY_OUT}.get(row.board_state, LOOK_AGAIN)
    days = ((row.board_due_on, board), (row.condition_due_on, CONDITION))
    found = sorted(((day, kind) for day, kind in days if day), key=itemgetter(0))
    is_review = not found or row.due_on < found[0][0]
    return [(row.due_on, REVIEW), *found] if is_review else found
