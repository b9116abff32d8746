"""What became of the board's decision, as the portfolio's cells say it."""

from django.utils import timezone

from audits.models import PortfolioRow, Stage
from audits.scoring.board.words import OUTCOMES, late, not_asked_in_words

_NOT_ASKED, _HAS_STOPPED = "no decision needed", "not asked (stopped)"
_IN_SHORT = {
    "undecided": "not yet decided",
    "deferred": "deferred",
    "refused": "refused",
    "carried_out": "carried out",
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
    decided, _, done = row.board_said.partition(", ")
    if decided == OUTCOMES["amended"]:
        done = f"{decided.lower()}, {done}"
    return late(done) if _is_late(row) else done


def _is_late(row: PortfolioRow) -> bool:
    by = row.board_due_on
    return row.board_state == "open" and by is not None and by < timezone.localdate()
