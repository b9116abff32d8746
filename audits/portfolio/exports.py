"""Any view of the portfolio as a file: CSV, XLSX or JSON, all of the same rows."""

import csv
import json
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET
from lxml.etree import SerialisationError
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from audits.access.members import MemberRequest, members_only
from audits.limits import EXPORTS, limited
from audits.models import PortfolioRow, PortfolioRowQuerySet
from audits.portfolio import sorting
from audits.portfolio.columns import COLUMNS, Cell, rows_of, safe
from audits.portfolio_filter import read_filter
from audits.services.record.downloads import record_download
from audits.temporary_room import temporary_room
from audits.uploads.attachments.contents import XLSX

_MOST_ROWS = 1_048_575  # of a sheet, below its headings


@members_only
@limited(EXPORTS)
@require_GET
def portfolio_csv(request: MemberRequest) -> HttpResponseBase:
    portfolio_rows, _ = _asked(request)
    response = StreamingHttpResponse(_csv(portfolio_rows), content_type="text/csv")
    return _as_file(request, response, "csv")


@members_only
@limited(EXPORTS)
@require_GET
def portfolio_json(request: MemberRequest) -> HttpResponseBase:
    portfolio_rows, said = _asked(request)
    about = {
        "organization": request.membership.organization.name,
        "as_of": timezone.now().isoformat(timespec="seconds"),
        "filters": said,
        "columns": {
            column.key: {"name": column.name, "unit": column.unit} for column in COLUMNS
        },
    }
    body = _json(about, portfolio_rows)
    response = StreamingHttpResponse(body, content_type="application/json")
    return _as_file(request, response, "json")


@members_only
@limited(EXPORTS)
@require_GET
def portfolio_xlsx(request: MemberRequest) -> HttpResponseBase:
    portfolio_rows, _ = _asked(request)
    with temporary_room():
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
        try:
            _write_xlsx(file, portfolio_rows)
        except SerialisationError as error:  # lxml's words for a full disk
            raise OSError from error
        file.seek(0)
    response = FileResponse(file, content_type=XLSX.media_type)
    return _as_file(request, response, "xlsx")


def _asked(request: MemberRequest) -> tuple[PortfolioRowQuerySet, str]:
    """Return the use cases of a filter in its order, and the filter in words."""
    form = read_filter(request.GET)
    found = form.filtered(PortfolioRow.objects.all())
    return found.order_by(*sorting.order_by(request.GET)), form.in_words


def _as_file(
    request: MemberRequest, response: HttpResponseBase, ending: str
) -> HttpResponseBase:
    record_download(
        organization=request.membership.organization,
        by=request.user,
        verb="portfolio.exported",
        subject="portfolio",
        kind=ending,
    )
    name = f"portfolio-{timezone.localdate()}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class _Line:
    """A file for csv.writer that returns each line."""

    def write(self, line: str) -> str:
        return line


def _csv(portfolio_rows: PortfolioRowQuerySet) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield "\ufeff"  # tells a spreadsheet the encoding
    yield writer.writerow([column.heading for column in COLUMNS])
    for row in rows_of(portfolio_rows):
        yield writer.writerow([_plain(safe(cell)) for cell in row])


def _plain(cell: Cell) -> Any:
    return _YES[cell] if isinstance(cell, bool) else cell


_YES = {True: "yes", False: "no"}


def _json(about: dict[str, Any], portfolio_rows: PortfolioRowQuerySet) -> Iterator[str]:
    yield json.dumps(about, ensure_ascii=False)[:-1] + ', "use_cases": ['
    keys = [column.key for column in COLUMNS]
    for number, row in enumerate(rows_of(portfolio_rows)):
        line = dict(zip(keys, row, strict=True))
        yield ",\n"[not number :] + json.dumps(line, ensure_ascii=False, default=str)
    yield "\n]}\n"


def _write_xlsx(file: Any, portfolio_rows: PortfolioRowQuerySet) -> None:
    """Write a sheet row by row; no cell of it is a formula or a link."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Use cases")
    sheet.freeze_panes = "C2"
    for place, _ in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = 18
    sheet.column_dimensions["B"].width = 40
    sheet.append([_heading(sheet, column.heading) for column in COLUMNS])
    for row in rows_of(portfolio_rows[:_MOST_ROWS]):
        sheet.append([_sheet_cell(sheet, cell) for cell in row])
    book.save(file)


def _heading(sheet: Any, heading: str) -> Any:
    cell = WriteOnlyCell(sheet, heading)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _sheet_cell(sheet: Any, cell: Cell) -> Any:
    """Return a value for a sheet: a number with its format, no control characters."""
    value = _plain(safe(cell))
    if isinstance(value, str):
        return ILLEGAL_CHARACTERS_RE.sub("", value)
    if isinstance(value, Decimal):
        number = WriteOnlyCell(sheet, float(value))
        number.number_format = "#,##0.00"
        return number
    return value
