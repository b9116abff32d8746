"""Any view of the portfolio as a file: CSV, XLSX or JSON, all of the same rows."""

import csv
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import (
    FileResponse,
    Http404,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from audits.access.members import MemberRequest, members_only
from audits.inventories.presets import written
from audits.limits import EXPORTS, limited
from audits.models import PortfolioRow, PortfolioRowQuerySet
from audits.portfolio import sorting
from audits.portfolio.cells import in_sheet
from audits.portfolio.columns.column import Column
from audits.portfolio.shown import chosen_columns, file_columns, rows_of
from audits.portfolio_filter import read_filter
from audits.services.record.downloads import record_download
from audits.services.use_cases.inventory_exports import inventory_rows
from audits.temporary_room import temporary_room
from audits.uploads.attachments.contents import XLSX
from audits.uploads.tables.cells import safe_cell

type _Export = Callable[[MemberRequest, PortfolioRowQuerySet, str], HttpResponseBase]


def _of_filters(make: _Export) -> Callable[[MemberRequest], HttpResponseBase]:
    """Give an export the use cases of its filter in order, and the filter in words.

    No file is made of an unknown filter: without it, it would have more than anybody
    chose, and an empty one would say that there is nothing.
    """

    @wraps(make)
    def answer(request: MemberRequest) -> HttpResponseBase:
        form = read_filter(request.GET)
        if form.unknown:
            context = {"nav": "portfolio", "unknown": form.unknown, "query": form.query}
            status = HTTPStatus.NOT_FOUND
            return render(request, "portfolio/not_made.html", context, status=status)
        found = form.filtered(PortfolioRow.objects.with_owner_names())
        ordered = found.order_by(*sorting.order_by(request.GET))
        return make(request, ordered, form.in_words)

    return answer


@members_only
@limited(EXPORTS)
@require_GET
@_of_filters
def portfolio_csv(
    request: MemberRequest, portfolio_rows: PortfolioRowQuerySet, _said: str
) -> HttpResponseBase:
    response = StreamingHttpResponse(
        _csv(portfolio_rows, _columns(request)), content_type="text/csv"
    )
    return _as_file(request, response, "csv")


@members_only
@limited(EXPORTS)
@require_GET
@_of_filters
def portfolio_json(
    request: MemberRequest, portfolio_rows: PortfolioRowQuerySet, said: str
) -> HttpResponseBase:
    columns = _columns(request)
    about = {
        "organization": request.membership.organization.name,
        "as_of": timezone.now().isoformat(timespec="seconds"),
        "filters": said,
        "columns": {
            column.key: {"name": column.name, "unit": column.unit} for column in columns
        },
    }
    body = _json(about, portfolio_rows, columns)
    response = StreamingHttpResponse(body, content_type="application/json")
    return _as_file(request, response, "json")


@members_only
@limited(EXPORTS)
@require_GET
@_of_filters
def portfolio_xlsx(
    request: MemberRequest, portfolio_rows: PortfolioRowQuerySet, _said: str
) -> HttpResponseBase:
    # It takes 12 MiB, and most processes never write a workbook.
    from audits.portfolio.files.workbook import write_workbook  # noqa: PLC0415

    with temporary_room():
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
        write_workbook(file, portfolio_rows, _columns(request))
        file.seek(0)
    response = FileResponse(file, content_type=XLSX.media_type)
    return _as_file(request, response, "xlsx")


@members_only
@limited(EXPORTS)
@require_GET
@_of_filters
def inventory_csv(
    request: MemberRequest, portfolio_rows: PortfolioRowQuerySet, _said: str
) -> HttpResponseBase:
    """Send the use cases of a filter in a public format, the first by default."""
    formats = {preset.id: preset for preset in written()}
    preset = formats.get(request.GET.get("format", "us_federal_2025"))
    if preset is None:
        message = "No such format"
        raise Http404(message)
    lines = _lines(preset.columns, inventory_rows(portfolio_rows, preset))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    return _as_file(request, response, "csv", preset.id)


def _columns(request: MemberRequest) -> Sequence[Column]:
    chosen = chosen_columns(request.GET)
    return file_columns(chosen)


def _lines(headings: Iterable[str], rows: Iterable[list[str]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield "\ufeff"  # tells a spreadsheet the encoding
    yield writer.writerow([safe_cell(heading) for heading in headings])
    for row in rows:
        yield writer.writerow([safe_cell(cell) for cell in row])


def _as_file(
    request: MemberRequest,
    response: HttpResponseBase,
    ending: str,
    subject: str = "portfolio",
) -> HttpResponseBase:
    record_download(
        organization=request.membership.organization,
        by=request.user,
        verb="portfolio.exported",
        subject=subject,
        kind=ending,
    )
    name = f"{subject}-{timezone.localdate()}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class _Line:
    """A file for csv.writer that returns each line."""

    def write(self, line: str) -> str:
        return line


def _csv(
    portfolio_rows: PortfolioRowQuerySet, columns: Sequence[Column]
) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield "\ufeff"  # tells a spreadsheet the encoding
    yield writer.writerow([in_sheet(column.heading) for column in columns])
    for row in rows_of(portfolio_rows, columns):
        yield writer.writerow([in_sheet(cell) for cell in row])


def _json(
    about: dict[str, Any],
    portfolio_rows: PortfolioRowQuerySet,
    columns: Sequence[Column],
) -> Iterator[str]:
    yield json.dumps(about, ensure_ascii=False)[:-1] + ', "use_cases": ['
    keys = [column.key for column in columns]
    for number, row in enumerate(rows_of(portfolio_rows, columns)):
        line = dict(zip(keys, row, strict=True))
        yield ",\n"[not number :] + json.dumps(line, ensure_ascii=False, default=str)
    yield "\n]}\n"
