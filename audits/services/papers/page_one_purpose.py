"""What a board does with a paper: decide, settle something first, or only read."""

from audits.models import Cover
from audits.scoring import Assessment
from audits.scoring.decision_words import Asking

TO_SETTLE = "To settle first"
NOT_YET = "Not for decision yet"
NOT_READY = "not ready"


def purpose(assessment: Assessment, cover: Cover, asking: Asking = "asked") -> str:
    """Return what the board should do: settle first what comes before a decision.

    Nothing is decided of what nobody can sign off yet.
    """
    if asking != "asked":
        return str(Cover.Purpose.INFORMATION.label)
    if cover.purpose == Cover.Purpose.DECISION:
        if assessment.provisional and assessment.provisional.lacks:
            return NOT_YET
        if assessment.prerequisite:
            return TO_SETTLE
    return str(Cover.Purpose(cover.purpose).label)
