"""The money of the portfolio by quarter as a workbook and as CSV."""

from collections.abc import Iterator

from django.http import HttpResponseBase
from django.views.decorators.http import require_GET

from audits.access.members import MemberRequest, members_only
from audits.limits import EXPORTS, limited
from audits.portfolio.cells import Cell
from audits.portfolio.files.tables import Table, as_csv, as_workbook
from audits.portfolio.quarters import read_quarters
from audits.services.portfolio.quarters import Quarter

HEADINGS = (
    *("Quarter", "First day", "Running (US dollars a month)", "Counted on"),
    *("Freed (US dollars a month)", "Freed (US dollars once)"),
    "Amounts freed in another currency",
    *("Approved by the board (US dollars)", "Of it, held (US dollars)"),
    *("Approvals", "Approvals in another currency", "Approvals without an amount"),
    *("Asked for (US dollars over 12 months)", "Decisions that ask for it"),
    *("Decisions without an amount", "Leaves something out"),
)


@members_only
@limited(EXPORTS)
@require_GET
def quarters_xlsx(request: MemberRequest) -> HttpResponseBase:
    return as_workbook(request, _table(request))


@members_only
@limited(EXPORTS)
@require_GET
def quarters_csv(request: MemberRequest) -> HttpResponseBase:
    return as_csv(request, _table(request))


def _table(request: MemberRequest) -> Table:
    found = read_quarters(request.GET).found
    return Table(
        subject="quarters",
        sheet="Money by quarter",
        headings=HEADINGS,
        rows=_rows(found),
    )


def _rows(quarters: list[Quarter]) -> Iterator[list[Cell]]:
    for each in quarters:
        approved, asked = each.approved, each.asked
        yield [
            *(each.name, each.first, each.running, each.running_on),
            *(each.freed.amount, each.freed_once.amount),
            each.freed.other + each.freed_once.other,
            *(approved.amount, approved.held if approved.amount else None),
            *(approved.number, approved.other, approved.bare),
            *(asked.amount, asked.number, asked.bare, asked.in_part),
        ]
