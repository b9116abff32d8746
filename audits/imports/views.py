"""Importing an inventory: a file, its columns, a report on each row, then all of it."""

import csv
from http import HTTPStatus
from io import StringIO
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from audits.access import (
    MemberRequest,
    import_for_editing,
    members_only,
    require_contributor,
)
from audits.imports.forms import ColumnsForm, UploadForm
from audits.imports.tasks import queue_check, queue_write
from audits.imports.template_files import TEMPLATES
from audits.models import Import
from audits.pages import render_page
from audits.services.inventories import start_import
from audits.tables.cells import safe_cell
from audits.tables.tables import MOST_BYTES, RefusedTableError
from audits.temporary_room import require_room

_ROWS = 100
_SHOWN = 3


@members_only
@require_http_methods(["GET", "POST"])
def upload(request: MemberRequest) -> HttpResponse:
    require_contributor(request.membership)
    form = UploadForm()
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        require_room(request)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            inventory = start_import(
                organization=request.membership.organization,
                by=request.user,
                name=file.name,
                # One byte more, so that too large a file shows.
                raw=file.read(MOST_BYTES + 1),
            )
        except RefusedTableError as error:
            form.add_error("file", str(error))
        else:
            return redirect("import", inventory.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"nav": "portfolio", "form": form}
    return render(request, "imports/upload.html", context, status=status)


@members_only
@require_GET
def template(request: MemberRequest) -> HttpResponse:
    """Give a file to fill in."""
    kind = request.GET.get("kind", "csv")
    if kind not in TEMPLATES:
        raise Http404
    make, media_type = TEMPLATES[kind]
    return HttpResponse(
        make(),
        content_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="attune-inventory.{kind}"'
        },
    )


@members_only
@require_http_methods(["GET", "POST"])
def inventory(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """Choose the columns, see how far it is, and read what came of each row."""
    found = import_for_editing(request.membership, import_id)
    if request.method == "POST":
        form = ColumnsForm(found, request.POST)
        if not form.is_valid():
            return _show(request, found, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        queue_check(inventory=found, columns=form.columns())
        return redirect("import", found.pk)
    if request.htmx and found.is_working and not found.is_late:
        seen = f"{found.state} {found.done}"
        if request.GET.get("seen") == seen:
            return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return _show(request, found, ColumnsForm(found))


def _show(
    request: MemberRequest,
    found: Import,
    form: ColumnsForm,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    counts = dict.fromkeys(("register", "change", "nothing", "refused"), 0)
    for row in found.found:
        counts[row["does"]] += 1
    # What is wrong comes first.
    rows = sorted(found.found, key=lambda row: row["does"] != "refused")
    context = {
        "nav": "portfolio",
        "inventory": found,
        "form": form,
        "counts": counts,
        "page": Paginator(rows, _ROWS).get_page(request.GET.get("page")),
        "first_rows": [
            list(zip(found.headings, row, strict=True)) for row in found.rows[:_SHOWN]
        ],
    }
    return render_page(
        request, "imports/import.html", context, partial="progress", status=status
    )


@members_only
@require_POST
def write(request: MemberRequest, import_id: UUID) -> HttpResponse:
    found = import_for_editing(request.membership, import_id)
    queue_write(inventory=found)
    return redirect("import", found.pk)


@members_only
@require_GET
def report(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """Give what came of each row as CSV."""
    found = import_for_editing(request.membership, import_id)
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(["Line", "Reference", "Name", "What it does", "Why"])
    for row in found.found:
        why = "; ".join(row["problems"] or row["changes"])
        cells = [row["reference"], row["name"], row["does"], why]
        writer.writerow([row["line"], *map(safe_cell, cells)])
    return HttpResponse(
        text.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="import-report.csv"'},
    )
