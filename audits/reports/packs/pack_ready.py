"""What keeps a decision of a pack from being put to the vote of the board."""

from typing import Literal

from audits.reports.packs.total_words import listed
from audits.scoring import Assessment
from audits.scoring.results_behind.approved_on import waits_for_reviewer

# In the order in which a pack has them.
type Standing = Literal["ready", "not_ready", "deferred"]
STANDINGS: tuple[Standing, ...] = ("ready", "not_ready", "deferred")
_CONFIRMED = "a reviewer who confirms the evidence"
_CORRECTED = "a correction of its numbers or answers"


def lacks_of(
    assessment: Assessment, approval: str, not_consistent: str, *, is_asked: bool
) -> str:
    """Return what a decision lacks before a board can vote on it; empty if nothing.

    Nobody can sign off what lacks answers. What is for information, or has
    stopped, waits for nothing else.

    Args:
        assessment: What is decided.
        approval: What page 1 says of the approval of training.
        not_consistent: What cannot all be right, in a sentence; empty if all can.
        is_asked: Whether the board is asked for a decision.
    """
    missing = assessment.provisional.lacks if assessment.provisional else ""
    if not is_asked:
        return missing
    confirmed = _CONFIRMED if waits_for_reviewer(approval) else ""
    corrected = _CORRECTED if not_consistent else ""
    said = [each for each in (missing, confirmed, corrected) if each]
    return listed(said) if said else ""
