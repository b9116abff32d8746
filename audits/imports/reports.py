"""What each row of an inventory does, and the refused rows, as files."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from audits.access.imports import import_for_editing
from audits.access.members import MemberRequest, members_only
from audits.limits import DOWNLOADS, limited
from audits.models import Import
from audits.services.record.downloads import record_download
from audits.services.use_cases.inventory_rows import Difference
from audits.uploads.tables.cells import safe_cell


@members_only
@require_GET
@limited(DOWNLOADS)
def report(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """Send the result of each row as CSV."""
    found = import_for_editing(request.membership, import_id)
    rows: list[list[str]] = [["Line", "Reference", "Name", "What it does", "Why"]]
    for row in found.found:
        changes = [str(Difference(**change)) for change in row["changes"]]
        why = "; ".join([*(row["problems"] or changes), *row["notes"]])
        cells = [row["reference"], row["name"], row["does"], why]
        rows.append([str(row["line"]), *map(safe_cell, cells)])
    return _sent(request, found, rows, "import-report.csv")


@members_only
@require_GET
@limited(DOWNLOADS)
def refused(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """Send the refused rows as CSV, with all their columns and the reason."""
    found = import_for_editing(request.membership, import_id)
    cells = dict(found.table)
    rows = [
        [*cells[row["line"]], "; ".join(row["problems"])]
        for row in found.found
        if row["does"] == "refused" and row["line"] in cells
    ]
    made = [[*found.headings, "Reason"], *rows]
    safe = ([safe_cell(cell) for cell in row] for row in made)
    return _sent(request, found, safe, "refused-rows.csv")


def _sent(
    request: MemberRequest, found: Import, rows: Iterable[Sequence[str]], name: str
) -> HttpResponse:
    text = StringIO()
    csv.writer(text).writerows(rows)
    record_download(
        organization=request.membership.organization,
        by=request.user,
        verb="import.exported",
        subject=str(found.pk),
    )
    return HttpResponse(
        text.getvalue().encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
