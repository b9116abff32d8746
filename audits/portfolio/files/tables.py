"""A table of the portfolio as a workbook or as CSV, and the line that records it."""

import csv
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils import timezone

from audits.access.members import MemberRequest
from audits.portfolio.cells import Cell, in_sheet
from audits.services.record.downloads import record_download
from audits.temporary_room import temporary_room
from audits.uploads.attachments.contents import XLSX


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: what the record calls it, its sheet, its headings and its rows."""

    subject: str
    sheet: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def as_workbook(request: MemberRequest, table: Table) -> HttpResponseBase:
    """Send a table as a workbook."""
    # It takes 12 MiB, and most processes never write a workbook.
    from audits.portfolio.files.workbook import write_table  # noqa: PLC0415

    with temporary_room():
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
        write_table(file, table.sheet, table.headings, table.rows)
        file.seek(0)
    response = FileResponse(file, content_type=XLSX.media_type)
    return _recorded(request, response, table, "xlsx")


def as_csv(request: MemberRequest, table: Table) -> HttpResponseBase:
    """Send a table as CSV."""
    text = StringIO()
    writer = csv.writer(text)
    text.write("\ufeff")  # tells a spreadsheet the encoding
    writer.writerow(table.headings)
    writer.writerows([in_sheet(cell) for cell in row] for row in table.rows)
    response = HttpResponse(text.getvalue(), content_type="text/csv")
    return _recorded(request, response, table, "csv")


def _recorded(
    request: MemberRequest, response: HttpResponseBase, table: Table, ending: str
) -> HttpResponseBase:
    record_download(
        organization=request.membership.organization,
        by=request.user,
        verb="portfolio.exported",
        subject=table.subject,
        kind=ending,
    )
    name = f"{table.subject}-{timezone.localdate()}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
