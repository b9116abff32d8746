"""What a decision that waits asks for: one rule for rows, sums and files."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Case, F, Q, When

from audits.frameworks.loading import loader
from audits.models import Audit, PortfolioRow, Stage
from audits.models.portfolio.filters import (
    NOT_READY,
    SIGNED_WAITING,
    STOPPED,
    TO_DECIDE,
    VOTABLE,
    sent_back,
)
from audits.scoring.money.states import plan_state
from audits.scoring.sums.decision_rows import (
    AS_EXPECTED,
    AT_LEAST,
    IN_PART,
    NOT_PRICED,
)

NOT_COUNTED, NOTHING_NEW = "Not counted yet", "Nothing new"
_MORE_ANSWERS, _AGAIN = "more answers", "to be submitted again"
# What is said of an amount that leaves something out, or in its place.
LEAVES_OUT = (AT_LEAST, IN_PART, NOT_PRICED)
# What waits for a decision: for a reviewer, or signed and for the board.
WAITING = TO_DECIDE | SIGNED_WAITING
# What waits, and the board cannot vote on it yet; some of it needs more answers first.
WAITING_LATER = NOT_READY | (WAITING & ~VOTABLE)
# By when the decision of what waits is needed: as the next dates of its row say.
NEEDED_ON = Case(
    When(~Q(state=Audit.State.SIGNED_OFF), then=F("due_on")), default=F("board_due_on")
)


def asked(
    *,
    is_provisional: bool,
    verdict: str,
    stage: str,
    amount: Decimal | None,
    said: str,
) -> tuple[Decimal | None, str]:
    """Return what counts as asked for: nothing before it is ready, or once it stopped.

    Args:
        is_provisional: Whether it needs more answers before anybody can sign it off.
        verdict: The verdict.
        stage: The stage now; the amount is of that on the day of the last assessment.
        amount: What the verdict asks for over 12 months.
        said: What that amount is, or what is said in its place.
    """
    if is_provisional:
        return None, NOT_COUNTED
    if plan_state(stage) == "stopped" and verdict not in _measured():
        return None, NOTHING_NEW
    return amount, said


def asking(of: Q = WAITING) -> Q:
    """Return the filter of the rows whose amount is asked for now.

    Args:
        of: The rows that wait; without it, for a reviewer or for the board.
    """
    return _asks(of) & VOTABLE


def asking_later() -> Q:
    """Return the filter of those whose amount the board cannot vote on yet.

    What a reviewer sent back is one of them: its author submits it again.
    """
    return _asks(WAITING_LATER | sent_back())


def _asks(of: Q) -> Q:
    return of & (~STOPPED | Q(verdict__in=list(_measured())))


def asked_in_review(row: PortfolioRow) -> tuple[Decimal | None, str]:
    """Return what a row asks for while it waits for a reviewer; else nothing."""
    return _of_row(row) if row.state == Audit.State.IN_REVIEW else (None, "")


def asked_now(row: PortfolioRow) -> tuple[Decimal | None, str]:
    """Return what a row asks for while it waits for a reviewer or the board.

    It is nothing yet while the board cannot vote on it.

    Args:
        row: A row that was read `with_owner_names`.
    """
    return (None, NOT_COUNTED) if lacks_for_vote(row) else asked_waiting(row)


def in_file(said: str) -> str:
    """Say what an amount asked for is where nothing beside it says more.

    >>> in_file("in part"), in_file("at least")
    ('expected, some costs not included', 'at least')
    """
    return f"{AS_EXPECTED}, some costs not included" if said == IN_PART else said


def asked_later(row: PortfolioRow) -> Decimal | None:
    """Return the amount that a row asks for once the board can vote on it."""
    if _needs_answers(row) or row.is_sent_back:
        return _of_row(row, is_provisional=False)[0]
    return asked_waiting(row)[0] if lacks_for_vote(row) else None


def lacks_for_vote(row: PortfolioRow) -> str:
    """Return what a row that waits lacks before the board can vote on it."""
    if _needs_answers(row):
        return _MORE_ANSWERS
    if row.is_sent_back:
        return _AGAIN
    return row.vote_lacks if asked_waiting(row) != (None, "") else ""


def _needs_answers(row: PortfolioRow) -> bool:
    """Return whether a row is one of `NOT_READY`."""
    return row.state == Audit.State.IN_REVIEW and row.is_provisional


def asked_waiting(row: PortfolioRow) -> tuple[Decimal | None, str]:
    """Return what a row asks for while it waits, also before the board can vote on it.

    Args:
        row: A row that was read `with_owner_names`.
    """
    return _of_row(row) if _is_signed_waiting(row) else asked_in_review(row)


def _is_signed_waiting(row: PortfolioRow) -> bool:
    """Return whether a row is one of `SIGNED_WAITING`."""
    if row.state != Audit.State.SIGNED_OFF or row.stage == Stage.STOPPED:
        return False
    return row.is_for_board and row.board_state in ("undecided", "deferred")


def _of_row(
    row: PortfolioRow, *, is_provisional: bool | None = None
) -> tuple[Decimal | None, str]:
    return asked(
        is_provisional=row.is_provisional if is_provisional is None else is_provisional,
        verdict=row.verdict,
        stage=row.stage,
        amount=row.asked,
        said=row.asked_said,
    )


def _measured() -> Iterator[str]:
    """Yield the verdicts that ask for measuring even where the plan stopped."""
    for name, words in loader.current().verdicts.items():
        if words.family == "gather":
            yield name
