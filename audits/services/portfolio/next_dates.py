"""The next date of a use case, whatever it is for, and what its board decided."""

import textwrap
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from audits.models import (
    Audit,
    Cover,
    PortfolioRow,
    Review,
    SignOffCondition,
    Stage,
    UseCase,
)
from audits.models.sign_offs.conditions import ConditionState
from audits.scoring.board.follow_ups import follow_ups, is_at_wrong_stage
from audits.scoring.board.standing import BoardStanding
from audits.scoring.board.words import state_in_words
from audits.services.due.board_decisions import of_board
from audits.services.verdicts.assessments import verdict_words

# The columns that follow from the decision of a board, and from the stage.
OF_BOARD = (
    "due_on",
    "board_due_on",
    "board_state",
    "board_rank",
    "board_said",
    "board_missing",
)
_RANKS = {
    each: rank
    for rank, each in enumerate(
        ("undecided", "open", "deferred", "refused", "carried_out")
    )
}
_NO_RANK = 9
_MOST_MISSING = 2500
_STATES: dict[ConditionState, str] = {
    "open": "open",
    "said": "said to be met, not confirmed",
    "met": "met, confirmed",
}


@dataclass(frozen=True, slots=True)
class _Meeting:
    """The day of the decision, if there is one, and whether a board is asked."""

    day: date | None
    is_asked: bool


def next_dates(audit: Audit, *, is_new: bool = False) -> dict[str, Any]:
    """Return the next date of an audit, that of its first open condition, and more.

    The next date is the day of the decision while it waits, also for its author after
    it was sent back. Then it is the earliest of the day of the review, the days of the
    open conditions, and that of the board: until when it must decide, a decision must
    be carried out, or it looks again. A condition takes no day from the board.
    """
    condition, board = _condition_due_on(audit), of_board(audit)
    board_due = _board_due_on(audit, board.standing) if board else None
    due = None if is_new else _due_on(audit)
    days = filter(None, (due, condition, board_due))
    return {
        "due_on": min(days, default=None),
        "condition_due_on": condition,
        "board_due_on": board_due,
        **_said(board.standing if board else None),
    }


def dates_after(row: PortfolioRow, use_case: UseCase) -> dict[str, Any]:
    """Return what changes in a row with the stage of its use case.

    Note: a few queries, only for a signed verdict whose use case has another stage.
    """
    if not row.board_state or row.stage == use_case.stage:
        return {}
    audit = row.audit
    audit.use_case = use_case
    return next_dates(audit)


def _said(standing: BoardStanding | None) -> dict[str, Any]:
    """Return what became of a decision, as a row has it: without the day."""
    if standing is None:
        said = dict.fromkeys(("board_state", "board_said", "board_missing"), "")
        return {**said, "board_rank": _NO_RANK}
    state = standing.stored_state
    return {
        "board_state": state,
        "board_rank": _RANKS[state],
        "board_said": state_in_words(standing.without_day()),
        "board_missing": textwrap.shorten(
            "; ".join(standing.missing), _MOST_MISSING, placeholder="…"
        ),
    }


def _board_due_on(audit: Audit, standing: BoardStanding) -> date | None:
    """Return the day that counts for the board next.

    Until it has decided, that is the day of the meeting where it is asked. Where the
    use case has the wrong stage, there always is one: else so many days after the
    sign-off.
    """
    if standing.outcome is not None:
        return standing.next_on
    words, meeting = verdict_words(audit), _meeting(audit)
    if not is_at_wrong_stage(words.family if words else None, audit.use_case.stage):
        return meeting.day if meeting.is_asked else None
    if meeting.day or audit.signed_off_at is None:
        return meeting.day
    within = timedelta(days=follow_ups().decide_within_days)
    day: date = timezone.localdate(audit.signed_off_at) + within
    return day


def conditions_said(audit: Audit) -> str:
    """Return what became of the conditions of a sign-off; empty without any in force.

    Only what who may sign off has confirmed is met.
    """
    if audit.state != Audit.State.SIGNED_OFF:
        return ""
    states = [each.state for each in SignOffCondition.objects.filter(audit=audit)]
    counted = [
        f"{number} {words}"
        for state, words in _STATES.items()
        if (number := states.count(state))
    ]
    return ", ".join(counted)


def _condition_due_on(audit: Audit) -> date | None:
    """Return the earliest day of an open condition; None without one."""
    if audit.state != Audit.State.SIGNED_OFF:
        return None
    still_open = SignOffCondition.objects.filter(audit=audit, met_at=None)
    first: date | None = (
        still_open.order_by("due_on").values_list("due_on", flat=True).first()
    )
    return first


def _due_on(audit: Audit) -> date | None:
    if audit.state == Audit.State.SIGNED_OFF:
        if audit.review_due_at is None:
            return audit.valid_until
        due: date = timezone.localdate(audit.review_due_at)
        return min(due, audit.valid_until or due)
    if audit.is_draft and not _is_sent_back(audit):
        return None
    return _meeting(audit).day


def _meeting(audit: Audit) -> _Meeting:
    """Return until when the board must decide, and whether it is asked.

    As `signed_waiting` says: not for what is for information, or has stopped.
    """
    covers = Cover.objects.filter(audit=audit)
    day, purpose = covers.values_list("decide_by", "purpose").first() or (None, "")
    is_told = purpose == Cover.Purpose.INFORMATION
    return _Meeting(day, not is_told and audit.use_case.stage != Stage.STOPPED)


def _is_sent_back(draft: Audit) -> bool:
    """Return whether a reviewer sent a draft back.

    Note: one query, and none where its evidence shows that it was never submitted.
    """
    if draft.strength and not draft.strength_before:
        return False
    reviews = Review.objects.filter(audit=draft).order_by("-at")
    last = reviews.values_list("outcome", flat=True).first()
    return last == Review.Outcome.SENT_BACK
