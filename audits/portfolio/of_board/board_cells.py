"""What became of the board's decision, as the portfolio's cells say it."""

from audits.models import PortfolioRow, Stage
from audits.scoring.board.words import late, not_asked_in_words
from audits.services.people.times_of_day import is_over

_NOT_ASKED, _HAS_STOPPED = "Board: no decision needed", "Board: not asked (stopped)"
_IN_SHORT = {
    "undecided": "Board: not yet decided",
    "deferred": "Board: deferred",
    "refused": "Board: refused",
    "carried_out": "Board: carried out",
}


def board_said(row: PortfolioRow) -> str | None:
    """Return what became of the board's decision; None without a verdict in force.

    Where none is needed, it says why.
    """
    if not row.is_for_board:
        return not_asked_in_words(has_stopped=row.stage == Stage.STOPPED)
    return late(row.board_said) if _is_late(row) else row.board_said or None


def board_in_short(row: PortfolioRow) -> str | None:
    """Return the same for the table, whose next date says until when."""
    if not row.is_for_board:
        return _HAS_STOPPED if row.stage == Stage.STOPPED else _NOT_ASKED
    if row.board_state != "open":
        return _IN_SHORT.get(row.board_state)
    return late(row.board_said) if _is_late(row) else row.board_said


def _is_late(row: PortfolioRow) -> bool:
    return row.board_state == "open" and is_over(row.board_due_on)
