"""The rows of the table, as plain values: equal ones are rendered once and kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from audits.frameworks.named import NamedVerdict
from audits.frameworks.schema import Framework
from audits.models import Audit, PortfolioRow, Team
from audits.portfolio.columns import Cell, Shown
from audits.templatetags.drawings import named_verdict


class TableCell(NamedTuple):
    """What is in a cell and beneath it, the head of its column, and its template.

    A page has hundreds, and a tuple is quick to make.
    """

    part: str
    head: str
    value: Cell
    second: Cell = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A row: its cells, and other values that some of them need."""

    number: int
    audit_id: UUID
    signed_as: str
    review_cause: str
    is_stopped: bool
    year: Decimal | None
    saving_year: Decimal | None
    verdict: NamedVerdict | None
    comes_first: str
    is_draft: bool
    is_provisional: bool
    renewal_id: UUID | None
    renewal_state: str
    is_overdue: bool
    cells: tuple[TableCell, ...]


def table_rows(
    page: Iterable[PortfolioRow],
    columns: Sequence[Shown],
    teams: Mapping[int, Team],
    framework: Framework,
    today: date,
) -> list[TableRow]:
    """Return the rows of a page of the table.

    Args:
        page: The rows, with their owners.
        columns: The columns of the table.
        teams: The teams already loaded, by number; others are queried.
        framework: Has the names of the verdicts.
        today: Anything due earlier is overdue.
    """
    rows = []
    drawn = [
        (column.part, column.head, column.of, second.of if second else _nothing)
        for column, second in columns
    ]
    for row in page:
        row.team = teams.get(row.team_id) or row.team
        cells = tuple(
            TableCell(part, head, of(row), second(row))
            for part, head, of, second in drawn
        )
        rows.append(
            TableRow(
                number=row.number,
                audit_id=row.audit_id,
                signed_as=row.signed_as,
                review_cause=row.review_cause,
                is_stopped=row.plan_state == "stopped",
                year=row.year,
                saving_year=row.if_followed(row.saving_year),
                verdict=named_verdict(framework, row.verdict, row.comes_first),
                comes_first=row.comes_first,
                is_draft=row.state == Audit.State.DRAFT,
                is_provisional=row.is_provisional,
                renewal_id=row.renewal_id,
                renewal_state=row.renewal_state,
                is_overdue=row.due_on is not None and row.due_on < today,
                cells=cells,
            )
        )
    return rows


def _nothing(_: PortfolioRow) -> Cell:
    return None
