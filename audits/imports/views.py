"""Importing an inventory: a file, its columns, a report on each row, then all of it."""

from functools import partial
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from audits.access.imports import (
    import_for_editing,
    import_for_removing,
    unused_imports,
)
from audits.access.members import MemberRequest, members_only, require_contributor
from audits.imports.forms import ColumnsForm, UploadForm
from audits.imports.tasks import queue_check, queue_undo, queue_write
from audits.imports.template_files import TEMPLATES
from audits.inventories.presets import presets
from audits.limits import (
    IMPORTS,
    Refusal,
    mark_as_refused,
    too_many,
)
from audits.models import Import
from audits.pages import render_page
from audits.plain_forms import why_dropped
from audits.services.jobs.fair_queue import TooManyWaiting
from audits.services.use_cases.bulk.inventory_undo import may_be_undone
from audits.services.use_cases.import_room import NoRoomForImports, remove_import
from audits.services.use_cases.inventories import (
    CheckChanged,
    digest_of_check,
    start_import,
)
from audits.temporary_room import require_room
from audits.uploads.reading.refusals import BusyError, UnreadableUploadError

_ROWS = 100
_SMALLER = "an inventory has up to 5 MB, so split it"
_SHOWN = 3
# What a row does, or did, by the state of its import.
_ACTS: dict[str, dict[str, str]] = {
    "": {"register": "Registers", "change": "Changes"},
    Import.State.DONE: {"register": "Registered", "change": "Changed"},
    Import.State.UNDONE: {
        "register": "Registered, then undone",
        "change": "Changed, then undone",
    },
}
_CHECKED_AGAIN = (
    "The rows were checked again after you opened this page, so nothing was imported. "
    "Read what each row does now, then import."
)
_NOT_REMOVED = (
    "The file was not removed, because its rows are being checked or imported, or were "
    "imported already."
)


@members_only
@require_http_methods(["GET", "POST"])
def upload(request: MemberRequest) -> HttpResponse:
    require_contributor(request.membership)
    if request.method == "GET":
        return _show_upload(request, UploadForm(), HTTPStatus.OK)
    refused = why_dropped(request, _SMALLER)
    require_room(request)
    form = UploadForm(request.POST, request.FILES, refused=refused)
    status = HTTPStatus.UNPROCESSABLE_CONTENT
    refusal = IMPORTS.refusal(request.user.pk) if form.is_valid() else None
    if refusal:
        form.add_error("file", refusal.sentence)
        return mark_as_refused(_show_upload(request, form, status), refusal)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            inventory = start_import(
                organization=request.membership.organization,
                by=request.user,
                name=file.name,
                file=file,
                encoding=form.cleaned_data["encoding"],
            )
        except UnreadableUploadError as error:
            form.add_error("file", str(error))
            if isinstance(error, BusyError):
                status = HTTPStatus.SERVICE_UNAVAILABLE
        except NoRoomForImports as error:
            form.add_error("file", str(error))
        else:
            return redirect("import", inventory.pk)
    return _show_upload(request, form, status)


def _show_upload(
    request: MemberRequest, form: UploadForm, status: HTTPStatus
) -> HttpResponse:
    unused = unused_imports(request.membership)
    files = Paginator(unused, _ROWS).get_page(request.GET.get("page"))
    context = {"nav": "portfolio", "form": form, "page": files}
    return render(request, "imports/upload.html", context, status=status)


@members_only
@require_POST
def remove(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """Remove a file that is not imported; one that a worker has stays."""
    found = import_for_removing(request.membership, import_id)
    if not remove_import(inventory=found, by=request.user):
        messages.warning(request, _NOT_REMOVED)
    return redirect("import_upload")


@members_only
@require_GET
def template(request: MemberRequest) -> HttpResponse:
    """Send a file to fill in."""
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
    """Choose the columns, follow the progress, and read the result of each row."""
    found = import_for_editing(request.membership, import_id)
    if request.method == "POST":
        form = ColumnsForm(found, request.POST)
        if not form.is_valid():
            return _show(request, found, form, HTTPStatus.UNPROCESSABLE_ENTITY)
        return _check(request, found, form)
    if request.htmx and found.is_working and not found.is_late:
        seen = f"{found.state} {found.done}"
        if request.GET.get("seen") == seen:
            return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return _show(request, found, ColumnsForm(found))


def _check(request: MemberRequest, found: Import, form: ColumnsForm) -> HttpResponse:
    """Queue the check of the rows, or show the chosen columns again with the reason."""
    refusal = IMPORTS.refusal(request.user.pk)
    if refusal is None:
        try:
            queue_check(inventory=found, columns=form.columns(), preset=form.preset)
        except TooManyWaiting as error:
            refusal = Refusal(sentence=str(error))
            found.refresh_from_db()
    if refusal:
        form.add_error(None, refusal.sentence)
        return mark_as_refused(_show(request, found, form), refusal)
    return redirect("import", found.pk)


def _show(
    request: MemberRequest,
    found: Import,
    form: ColumnsForm,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    counts = dict.fromkeys(("register", "change", "nothing", "refused"), 0)
    for row in found.found:
        counts[row["does"]] += 1
    # Refused rows come first.
    rows = sorted(found.found, key=lambda row: row["does"] != "refused")
    good = counts["register"] + counts["change"]
    context = {
        "nav": "portfolio",
        "inventory": found,
        "good": good,
        "preset": presets().get(found.preset),
        "may_be_undone": may_be_undone(found),
        "form": form,
        "counts": counts,
        "acts": _ACTS.get(found.state, _ACTS[""]),
        "shown": partial(digest_of_check, found),
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
    """Queue the writing of the rows, if the page showed the current check."""
    found = import_for_editing(request.membership, import_id)
    refusal = IMPORTS.refusal(request.user.pk)
    if refusal is None:
        try:
            queue_write(
                inventory=found,
                shown=request.POST.get("shown", ""),
                only_good=request.POST.get("rows") == "good",
            )
        except CheckChanged:
            messages.warning(request, _CHECKED_AGAIN)
        except TooManyWaiting as error:
            refusal = Refusal(sentence=str(error))
    if refusal:
        return too_many(request, refusal, back=reverse("import", args=[found.pk]))
    return redirect("import", found.pk)


@members_only
@require_POST
def undo(request: MemberRequest, import_id: UUID) -> HttpResponse:
    """Queue the undoing of an import; its page says what became of it."""
    found = import_for_editing(request.membership, import_id)
    refusal = IMPORTS.refusal(request.user.pk)
    if refusal is None:
        try:
            queue_undo(inventory=found)
        except TooManyWaiting as error:
            refusal = Refusal(sentence=str(error))
    if refusal:
        return too_many(request, refusal, back=reverse("import", args=[found.pk]))
    return redirect("import", found.pk)
