"""The rows of use cases that are no drafts: in review, signed off or decided."""

from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any
from uuid import UUID

from audits.frameworks.named import NamedVerdict
from audits.models import Audit, Membership
from audits.models.portfolio.waits_for import WaitsFor, waits_for
from audits.models.use_cases import Stage
from audits.scoring.explaining.advice_rows import lower_first
from audits.services.people.times_of_day import is_over
from audits.services.verdicts.assessments import verdict_shown
from audits.use_cases.waiting import WaitingRow

# States that a board has decided.
DECIDED = ("refused", "open", "carried_out")


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneRow:
    """The row of an audit that is not a draft.

    `board` is what became of the board's decision, and `carry_out_by` until when what
    it approved must be done. `on` is the day of its sign-off once it `is_signed`, else
    of its submission. It `is_decided` once the board has. What waits for a reviewer or
    the board is decided `decide_by`, which is the day of the board unless its paper
    is for information or the use case has stopped. What is `not_ready` needs answers
    first, and the reader may have to take it back `to_answer` it. A review that is due
    `can_wait` while the use case has stopped, and `later` says so to who owns it.
    """

    audit_id: UUID
    name: str
    team: str
    verdict: NamedVerdict | None
    is_due: bool
    can_wait: bool
    review_cause: str
    is_signed: bool
    is_decided: bool
    on: date | None
    review_by: date | None
    board: str
    carry_out_by: date | None
    decide_by: date | None
    is_board_day: bool
    is_late: bool
    not_ready: bool
    to_answer: bool
    state: str
    is_renewal: bool
    is_renewed: bool
    later: WaitingRow | None

    @property
    def place(self) -> str:
        """The name of the page where the reader acts on it, or reads it."""
        return "reopen" if self.to_answer else "result"


def done_row(
    audit: Any, here: tzinfo, member: Membership, later: WaitingRow | None = None
) -> DoneRow:
    is_signed = audit.state == Audit.State.SIGNED_OFF
    provisional = ", provisional" if audit.is_provisional else ""
    at = audit.signed_off_at if is_signed else audit.submitted_at
    is_renewal, whom = audit.is_renewal, _waits_for(audit)
    due = None if is_renewal else _decide_by(audit, whom)
    not_ready = whom == WaitsFor.TEAM
    return DoneRow(
        audit_id=audit.pk,
        name=audit.case_name,
        team=audit.team_name,
        verdict=verdict_shown(audit),
        is_due=audit.review_due_at is not None,
        can_wait=audit.told_stage == Stage.STOPPED,
        review_cause=audit.told_cause or audit.review_cause,
        is_signed=is_signed,
        is_decided=is_decided(audit),
        on=at.astimezone(here).date() if at else None,
        review_by=audit.valid_until,
        board=_board_said(audit, whom),
        carry_out_by=audit.told_board_due if audit.told_board_state == "open" else None,
        decide_by=due,
        is_board_day=audit.asks_board or whom == WaitsFor.BOARD,
        is_late=is_over(due),
        not_ready=not_ready,
        to_answer=not_ready and bool(member.may_contribute),
        state=f"{audit.get_state_display()}{provisional}",
        is_renewal=is_renewal,
        is_renewed=audit.is_renewed,
        later=later,
    )


def _decide_by(audit: Any, whom: WaitsFor) -> date | None:
    """Return until when a decision is needed of a reviewer, or then of the board."""
    day: date | None = audit.told_due
    if audit.state == Audit.State.SIGNED_OFF:
        day = audit.told_board_due if whom == WaitsFor.BOARD else None
    return day


def _waits_for(audit: Any) -> WaitsFor:
    """Return who acts next; what the board has deferred waits for its next paper."""
    return waits_for(
        audit.state,
        is_provisional=audit.is_provisional,
        asks_board=audit.waits_for_board and audit.told_board_state == "undecided",
    )


def is_decided(audit: Any) -> bool:
    """Return whether the board has decided: what it deferred waits for it again."""
    is_signed = audit.state == Audit.State.SIGNED_OFF
    return is_signed and audit.told_board_state in DECIDED


def _board_said(audit: Any, whom: WaitsFor) -> str:
    """Return what became of the board's decision; empty where none is asked for."""
    if whom == WaitsFor.BOARD:
        return "waits for the board"
    decided = audit.told_board_state not in (None, "", "undecided")
    return f"Board: {lower_first(audit.told_board)}" if decided else ""
