"""What a reviewer and the board said of a verdict, in lines of the action kit."""

from collections.abc import Iterator

from audits.models import Audit, Review
from audits.scoring.days import in_words
from audits.services.due.board_decisions import said_by_board

_STATES = {
    "open": "open",
    "said": "said to be met, not confirmed",
    "met": "met",
}


def signed_lines(audit: Audit, review: Review | None) -> tuple[str, ...]:
    """Return the conditions of the sign-off, and what the board decided.

    Args:
        audit: The audit.
        review: Its last review; None before there is one.
    """
    return tuple(" ".join(line.split()) for line in _lines(audit, review))


def _lines(audit: Audit, review: Review | None) -> Iterator[str]:
    for each in review.asked if review else ():
        day, state = in_words(each.due_on), _STATES[each.state]
        yield (
            f"Condition of the sign-off: {each.words} (by {day}, {each.owner}; {state})"
        )
    if board := said_by_board(audit):
        yield f"{board.head}. {board.in_full}"
