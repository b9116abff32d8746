"""What boards approved of the use cases that are listed, and of which only a part."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, Subquery

from audits.models import BoardDecision, PortfolioRow, PortfolioRowQuerySet, Stage, Team
from audits.models.portfolio.filters import APPROVED
from audits.models.sign_offs.conditions import holding_conditions
from audits.scoring.board.approved_part import part_said, whole_of
from audits.scoring.proposals.proposal import DOLLARS

_LAST = (
    ("approved", "amount"),
    ("approved_in", "currency"),
    ("approved_of", "asked"),
    ("approved_waits", "waits_of"),
)


@dataclass(frozen=True, slots=True)
class Approved:
    """The sum of what boards approved in US dollars, of so many use cases.

    `without` were approved without an amount, or in another currency. `in_part` says
    which plans a board approved only a part of; empty if none. Of the amount, `held`
    waits for conditions of a sign-off.
    """

    amount: Decimal | None = None
    number: int = 0
    without: int = 0
    in_part: str = ""
    held: Decimal = Decimal(0)

    @property
    def released(self) -> Decimal:
        """What of the amount no condition holds."""
        return (self.amount or Decimal(0)) - self.held


def with_approved(portfolio_rows: PortfolioRowQuerySet) -> PortfolioRowQuerySet:
    """Return the rows with what the board's last decision approved, and of what.

    With `approved_waits`: how many conditions of the sign-off hold the amount.
    """
    holds = {"waits_of": holding_conditions("audit__conditions")["waits_of"]}
    last = BoardDecision.objects.filter(
        audit=OuterRef("audit"), outcome__in=("approved", "amended")
    )
    last = last.annotate(**holds).order_by("-number")
    columns = {name: Subquery(last.values(column)[:1]) for name, column in _LAST}
    return portfolio_rows.annotate(**columns)


def approved_by(row: PortfolioRow) -> Decimal | None:
    """Return what the board approved of a row, in US dollars; None if it did not.

    Args:
        row: A row that was read `with_approved`.
    """
    is_approved = row.board_state in ("open", "carried_out")
    return row.approved if is_approved and row.approved_in == DOLLARS else None


def held_of(row: PortfolioRow) -> Decimal | None:
    """Return what of the approved amount is held until conditions are met.

    Args:
        row: A row that was read `with_approved`.
    """
    amount = approved_by(row)
    return amount if amount is None or row.approved_waits else Decimal(0)


def released_of(row: PortfolioRow) -> Decimal | None:
    """Return what of the approved amount no condition holds.

    Args:
        row: A row that was read `with_approved`.
    """
    amount, held = approved_by(row), held_of(row)
    return None if amount is None or held is None else amount - held


def whole_asked(row: PortfolioRow) -> Decimal | None:
    """Return the sum asked for where the board approved only a part of it.

    Args:
        row: A row that was read `with_approved`.
    """
    amount = approved_by(row)
    return None if amount is None else whole_of(amount, row.approved_of)


def approved_of(
    of: Team | None, *, among: PortfolioRowQuerySet | None = None
) -> Approved:
    """Return what boards approved of a team's use cases, or of those of a filter.

    Args:
        of: The team whose they are; without one, any.
        among: The rows that a filter leaves; without them, any.
    """
    rows = PortfolioRow.objects.all().of_team(of) if among is None else among
    found = list(with_approved(rows.filter(APPROVED)).order_by("name", "pk"))
    amounts = [x for x in map(approved_by, found) if x is not None]
    parts = [
        (row.name, row.approved or Decimal(0), whole)
        for row in found
        if row.stage != Stage.STOPPED and (whole := whole_asked(row)) is not None
    ]
    return Approved(
        amount=sum(amounts, Decimal(0)) if amounts else None,
        number=len(amounts),
        without=len(found) - len(amounts),
        in_part=part_said(parts),
        held=sum((held_of(row) or Decimal(0) for row in found), Decimal(0)),
    )
