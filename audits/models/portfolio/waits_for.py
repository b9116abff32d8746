"""Who has to act next on a use case: the only place that says it."""

from enum import StrEnum

from django.db import models

from audits.models.audits import Audit


class WaitsFor(StrEnum):
    """Who has to act before a use case goes on."""

    TEAM = "team"
    REVIEWER = "reviewer"
    BOARD = "board"
    NOBODY = "nobody"


def waits_for(state: str, *, is_provisional: bool, asks_board: bool) -> WaitsFor:
    """Return who has to act next.

    Nobody can sign off a provisional verdict, so a submission that has one waits for
    its team, which takes it back and answers.

    Args:
        state: The state of the audit.
        is_provisional: Whether it needs more answers before anybody can sign it off.
        asks_board: Whether it is signed and the board is asked to decide.
    """
    if state == Audit.State.DRAFT:
        return WaitsFor.TEAM
    if state == Audit.State.IN_REVIEW:
        return WaitsFor.TEAM if is_provisional else WaitsFor.REVIEWER
    return WaitsFor.BOARD if asks_board else WaitsFor.NOBODY


def submitted_for(whom: WaitsFor, of: str = "") -> models.Q:
    """Return the filter of submissions that wait for the team or a reviewer.

    Args:
        whom: The team or a reviewer.
        of: What leads to the row or the audit.
    """
    in_review = models.Q((f"{of}state", Audit.State.IN_REVIEW))
    return in_review & models.Q((f"{of}is_provisional", whom == WaitsFor.TEAM))
