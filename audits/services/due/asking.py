"""Whether a paper asks for a decision, or informs of one and until when it is valid."""

from collections.abc import Mapping
from datetime import date

from audits.models import Audit, Cover, Stage
from audits.scoring.decision_words import Asking
from audits.services.due.board_decisions import decision_of

_OF_OUTCOME: Mapping[str, Asking] = {
    "approved": "decided",
    "amended": "told",
    "refused": "told",
    "deferred": "asked",
}


def asking_of(audit: Audit, cover: Cover) -> Asking:
    """Return whether a paper asks for a decision, or informs of one.

    Nothing is left to decide where a use case has stopped and that is signed. What a
    paper informs of is decided once it is signed off, and proposed before.
    """
    outcome = getattr(decision_of(audit), "outcome", "")
    return asking_in(audit.state, audit.use_case.stage, cover.purpose, outcome)


def asking_in(state: str, stage: str, purpose: str | None, outcome: str = "") -> Asking:
    """Return the same from what an audit, its use case and its page 1 store.

    A page 1 that nobody wrote is for decision. What the board decided wins: only what
    it approved as asked is told as decided; what it deferred is asked again.
    """
    if outcome in _OF_OUTCOME:
        return _OF_OUTCOME[outcome]
    is_signed = state not in (Audit.State.DRAFT, Audit.State.IN_REVIEW)
    is_done = stage == Stage.STOPPED and state == Audit.State.SIGNED_OFF
    if purpose != Cover.Purpose.INFORMATION and not is_done:
        return "asked"
    return "decided" if is_signed else "told"


def decided_until(audit: Audit, cover: Cover) -> date | None:
    """Return until when what is decided is valid; None while it is asked for."""
    return audit.valid_until if asking_of(audit, cover) == "decided" else None
