"""Page 1 of a paper that is made after the board has decided."""

from dataclasses import replace

from audits.models import Audit
from audits.reports.page_one import PageOne
from audits.services.due.board_decisions import decided_said


def as_decided(one: PageOne, audit: Audit) -> PageOne:
    """Return page 1 with what the board decided in place of its purpose and meeting."""
    said = decided_said(audit)
    return replace(one, purpose=said, meeting="") if said else one
