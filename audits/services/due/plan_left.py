"""What is left of a signed plan once steps of a board's decision are done, in words."""

from audits.models import Audit, PortfolioRow
from audits.scoring.board.words import signed_and_left


def plan_left(audit: Audit) -> str:
    """Say what 12 months of a plan cost as signed, and what is left; empty if all is.

    Note: one query.
    """
    row = PortfolioRow.objects.filter(audit=audit).first()
    return signed_and_left(row.year, row.year_left) if row else ""
