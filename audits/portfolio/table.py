"""The rows of the table, as plain values: equal ones are rendered once and kept."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet

from audits.frameworks.answering.still_open import StillOpen
from audits.frameworks.named import NamedVerdict
from audits.frameworks.schema import Framework
from audits.models import Audit, PortfolioRow, PortfolioRowQuerySet, Team
from audits.models.fields.own_fields import OwnField
from audits.portfolio.cells import Cell
from audits.portfolio.of_board.open_dates import due_in_short
from audits.portfolio.shown import table_columns
from audits.services.portfolio.own_fields import path_of
from audits.templatetags.drawings import named_verdict

type Values = tuple[Any, ...]
# The columns that are shown, what is left out, and fields of the organization.
type _Shape = tuple[tuple[str, ...], frozenset[str], tuple[OwnField, ...]]
_STORED = [field.attname for field in PortfolioRow._meta.concrete_fields]
_READ = ("owner_name", "sponsor_name", "is_for_board", "sent_back_at")
_OWN = len(_STORED) + len(_READ)
_TEAM = _STORED.index("team_id")


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
    use_case_id: UUID
    audit_id: UUID
    signed_as: str
    tags: str
    review_cause: str
    is_stopped: bool
    freed: Decimal | None
    runs: Decimal | None
    year: Decimal | None
    freed_until: date | None
    is_planned: bool
    proposed: Decimal | None
    saving_year: Decimal | None
    saving_begun: Decimal | None
    plan_turns: str
    plan_turns_on: date | None
    saving_turns: str
    saving_later_on: date | None
    is_undecided: bool
    is_advice_priced: bool
    verdict: NamedVerdict | None
    comes_first: str
    still_open: StillOpen
    is_draft: bool
    status: str
    sent_back_at: datetime | None
    renewal_id: UUID | None
    renewal_state: str
    is_overdue: bool
    due_in_short: str
    has_date: bool
    cells: tuple[TableCell, ...]


def read_as_rows(
    found: PortfolioRowQuerySet, own: tuple[OwnField, ...] = ()
) -> "QuerySet[Any, Values]":
    """Return the query for what `table_rows` takes: the values of each row."""
    found = found.with_owner_names().with_sent_back()
    return found.values_list(*_STORED, *_READ, *map(path_of, own))


def table_rows(
    page: Iterable[Values],
    teams: Mapping[int, Team],
    framework: Framework,
    today: date,
    *,
    chosen: tuple[str, ...] = (),
    without: frozenset[str] = frozenset(),
    own: tuple[OwnField, ...] = (),
) -> tuple[TableRow, ...]:
    """Return the rows of a page of the table.

    Args:
        page: The rows as `read_as_rows` reads them.
        teams: The teams already loaded, by number; others are queried.
        framework: Has the names of the verdicts.
        today: Anything due earlier is overdue.
        chosen: The keys of the chosen columns; none for the usual ones.
        without: The keys of columns that are left out.
        own: The organization's own fields that were read and are shown.
    """
    rows, shape = [], (chosen, without, own)
    for values in page:
        number = values[_TEAM]
        team = teams.get(number) or Team.objects.get(pk=number)
        rows.append(_row_of(values, team.name, framework, today, shape))
    return tuple(rows)


def _read(values: Values, own: tuple[OwnField, ...]) -> Any:
    """Return the row of what `read_as_rows` read."""
    row: Any = PortfolioRow.from_db(DEFAULT_DB_ALIAS, _STORED, values[: len(_STORED)])
    read, of_own = values[len(_STORED) : _OWN], values[_OWN:]
    for name, value in zip(_READ, read, strict=True):
        setattr(row, name, value)
    row.own_values = {f.key: x for f, x in zip(own, of_own, strict=True)}
    return row


# A stored row that is equal to an earlier one is not made again.
@lru_cache(maxsize=256)
def _row_of(
    values: Values, team: str, framework: Framework, today: date, shape: _Shape
) -> TableRow:
    row = _read(values, shape[-1])
    row.team = Team(pk=row.team_id, name=team)
    cells = tuple(_cells(row, shape))
    return TableRow(
        number=row.number,
        use_case_id=row.use_case_id,
        audit_id=row.audit_id,
        signed_as=row.signed_as,
        tags=row.tags,
        review_cause=row.review_cause,
        is_stopped=row.plan_state == "stopped",
        freed=None if row.plan_state == "stopped" else row.spend_off,
        runs=row.runs,
        year=row.year_left,
        freed_until=row.freed_until,
        is_planned=row.plan_state == "planned",
        proposed=row.month_of("proposed"),
        saving_year=row.if_followed(row.saving_year_left),
        saving_begun=row.if_followed(row.saving_begun),
        plan_turns=row.plan_turns,
        plan_turns_on=row.spend_later_on,
        saving_turns=row.saving_turns,
        saving_later_on=row.saving_later_on,
        is_undecided=row.is_undecided,
        is_advice_priced=row.cost is not None,
        verdict=named_verdict(framework, row.verdict, row.comes_first, row.override),
        comes_first=row.comes_first,
        still_open=row.still_open,
        is_draft=row.state == Audit.State.DRAFT,
        status=row.status,
        sent_back_at=row.sent_back_at,
        renewal_id=row.renewal_id,
        renewal_state=row.renewal_state,
        is_overdue=row.due_on is not None and row.due_on < today,
        due_in_short=due_in_short(row),
        has_date=any(cell.part.endswith("/due_on.html") for cell in cells),
        cells=cells,
    )


def _cells(row: PortfolioRow, shape: _Shape) -> Iterator[TableCell]:
    chosen, without, own = shape
    for column, second in table_columns(chosen, without=without, own=own):
        below = second.of(row) if second else None
        yield TableCell(column.part, column.head, column.of(row), below)
