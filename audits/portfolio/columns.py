"""A view of the portfolio as rows of a file: which columns, and what is in a cell."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, cast

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from audits.frameworks import loader
from audits.frameworks.rules import Verdict
from audits.models import Audit, PortfolioRow, PortfolioRowQuerySet
from audits.portfolio_filter import STATE_NAMES
from audits.tables.cells import safe_cell

type Cell = str | Decimal | date | bool | None
type Unit = Literal["", "US dollars a month"]
_MONEY: Unit = "US dollars a month"
_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in JSON, its heading, its unit, and what is in it."""

    key: str
    name: str
    of: Callable[[PortfolioRow], Cell]
    unit: Unit = ""

    @property
    def heading(self) -> str:
        """The heading, with the unit."""
        return f"{self.name} ({self.unit})" if self.unit else self.name


def due_for(row: PortfolioRow) -> str | None:
    """Return what the next date of a use case is for."""
    if row.due_on is None:
        return None
    return "Review" if row.state == Audit.State.SIGNED_OFF else "Decision"


def link_to(row: PortfolioRow) -> str:
    """Return the address of a use case's verdict."""
    return settings.SITE_URL + reverse("result", args=[row.audit_id])


def verdict_name(verdict: str) -> str | None:
    """Return a verdict in words; None if there is none yet."""
    words = loader.current().verdicts.get(cast("Verdict", verdict))
    return words.name if words else verdict or None


def _day(row: PortfolioRow) -> date | None:
    return timezone.localdate(row.submitted_at) if row.submitted_at else None


COLUMNS = (
    Column("reference", "Reference", lambda row: row.reference),
    Column("name", "Use case", lambda row: row.name),
    Column("team", "Team", lambda row: row.team.name),
    Column("owner", "Owner", lambda row: str(row.owner)),
    Column("stage", "Stage", lambda row: row.get_stage_display()),
    Column("state", "State", lambda row: STATE_NAMES[Audit.State(row.state)]),
    Column("verdict", "Verdict", lambda row: verdict_name(row.verdict)),
    Column("confidence", "Confidence", lambda row: row.confidence or None),
    Column("trend", "Trend of confidence", lambda row: row.trend or None),
    Column("provider", "Provider", lambda row: row.provider or None),
    Column("spend_low", "Spend today, low", lambda row: row.spend_low, _MONEY),
    Column("spend", "Spend today, expected", lambda row: row.spend, _MONEY),
    Column("spend_high", "Spend today, high", lambda row: row.spend_high, _MONEY),
    Column("at_risk", "Spend is at risk", lambda row: row.at_risk),
    Column("cost", "Cost if followed", lambda row: row.cost, _MONEY),
    Column("saving", "Saving if followed", lambda row: row.saving, _MONEY),
    Column("submitted_on", "Submitted on", _day),
    Column("due_on", "Next date", lambda row: row.due_on),
    Column("due_for", "Next date is for", due_for),
    Column("review_cause", "Review due because", lambda row: row.review_cause or None),
    Column("link", "Link", link_to),
)


def rows_of(portfolio_rows: PortfolioRowQuerySet) -> Iterator[list[Cell]]:
    """Yield the cells of each portfolio row, a few thousand rows at a time."""
    for row in portfolio_rows.select_related("team", "owner").iterator(
        chunk_size=_CHUNK
    ):
        yield [column.of(row) for column in COLUMNS]


def safe(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula; numbers stay numbers.

    >>> safe("=1+1"), safe("Rather - good"), safe(Decimal(-5))
    ("'=1+1", 'Rather - good', Decimal('-5'))
    """
    return safe_cell(cell) if isinstance(cell, str) else cell
