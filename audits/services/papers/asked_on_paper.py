"""What the paper of an audit asks the board for, from the day on which it decides."""

from datetime import date
from decimal import Decimal

from audits.models import Audit, Cover
from audits.services.due.covers import cover_of
from audits.services.due.decision_day import counted_from
from audits.services.portfolio.asked import row_of
from audits.services.verdicts.assessments import assessment_of


def asked_on_paper(audit: Audit) -> Decimal | None:
    """Return the sum in US dollars over 12 months; None if it asks for none.

    Once the board has decided, it is what it was asked for then.

    Args:
        audit: A signed audit.
    """
    asked = row_of(audit, assessment_of(audit), counted_on(audit)).asked
    return asked.expected if asked else None


def counted_on(
    audit: Audit, cover: Cover | None = None, on: date | None = None
) -> date | None:
    """Return from when the 12 months of a decision count; None for the verdict's day.

    Args:
        audit: One that is submitted.
        cover: The author's words; without them, they are read.
        on: The day of the paper; without it, today.
    """
    return counted_from(audit, assessment_of(audit), cover or cover_of(audit), on)
