"""Signs audits off, and reads the row of their use case."""

from typing import Any

from audits.models import Audit, PortfolioRow, Role
from audits.services.reviews.reviews import review_audit, submission_of
from tests.casting import Cast


def row_of(audit: Audit) -> dict[str, Any]:
    found = PortfolioRow.objects.values().get(use_case=audit.use_case_id)
    return dict(found)


def sign(cast: Cast, audit: Audit) -> None:
    """Let the reviewer sign a submission off."""
    review_audit(
        audit=audit,
        by=cast.ours.people[Role.REVIEWER],
        outcome="approved",
        submission=submission_of(audit),
        opened=True,
    )
