"""The state of an audit in words, with that of the conditions of its sign-off."""

from audits.models.audits import Audit
from audits.models.sign_offs.reviews import Review

# Who signed off has not signed what counts then, so no name is beside it.
OVERRIDDEN = "Overridden"
_MET, _SAID, _OPEN = "conditions met", "conditions said to be met", "with conditions"


def state_said(audit: Audit, review: Review | None) -> str:
    """Return the state of an audit as readers are told it, with its last review."""
    state = audit.get_state_display()
    if audit.override and audit.state == Audit.State.SIGNED_OFF:
        state = OVERRIDDEN
    if audit.signed_off_at and review and review.outcome == Review.Outcome.CONDITIONS:
        return f"{state}, {_conditions_said(review)}"
    return state


def _conditions_said(review: Review) -> str:
    if not review.still_open:
        return _MET
    is_open = any(each.state == "open" for each in review.asked)
    return _OPEN if is_open else _SAID
