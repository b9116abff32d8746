"""The pages that change many use cases at once, and that undo it."""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from audits.access.bulk_changes import bulk_change_for_editing
from audits.access.members import MemberRequest, members_only, require_contributor
from audits.limits import CHANGES, Refusal, limited, mark_as_refused, too_many
from audits.models import BulkChange
from audits.pages import render_page
from audits.portfolio.changing.choosing import chosen_ids, only_ticked
from audits.portfolio.changing.forms import ChangeForm
from audits.portfolio.changing.tasks import queue_undo, queue_write
from audits.portfolio.changing.words import Words
from audits.services.jobs.fair_queue import TooManyWaiting
from audits.services.reviews.separation import owner_who_signs
from audits.services.use_cases.bulk.changes import (
    AT_ONCE,
    OVERTAKEN,
    PlanChanged,
    start_change,
    undo_now,
    write_now,
)
from audits.services.use_cases.bulk.plans import counted, digest_of
from audits.services.use_cases.bulk.reading import cases_of, plan_of

_ROWS, _LISTED = 100, 25
_NAMED = 10
_MADE_OF_TICKED = {"pack": "new_pack", "csv": "portfolio_csv", "xlsx": "portfolio_xlsx"}


@members_only
@require_http_methods(["GET", "POST"])
def change_many(request: MemberRequest) -> HttpResponse:
    """Ask what to change of the chosen use cases, and plan it."""
    require_contributor(request.membership)
    organization = request.membership.organization
    if request.method == "GET":
        return _ask(request, request.GET.urlencode(), ChangeForm(organization))
    chosen = request.POST.get("chosen", "")
    form = ChangeForm(organization, request.POST)
    ids = chosen_ids(QueryDict(chosen))
    if not form.is_valid() or not ids:
        return _ask(request, chosen, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    if refusal := CHANGES.refusal(request.user.pk):
        form.add_error(None, refusal.sentence)
        return mark_as_refused(_ask(request, chosen, form), refusal)
    change = start_change(
        organization=organization, by=request.user, cases=ids, wanted=form.wanted
    )
    return redirect("bulk_change", change.pk)


def _ask(
    request: MemberRequest,
    chosen: str,
    form: ChangeForm,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    ids = chosen_ids(QueryDict(chosen))
    context = {
        "nav": "portfolio",
        "number": len(ids),
        "first": cases_of(ids[:_NAMED]),
        "more": max(0, len(ids) - _NAMED),
        "chosen": chosen,
        "form": form,
    }
    page = "portfolio/changing/change_many.html"
    return render(request, page, context, status=status)


@members_only
@require_GET
def with_ticked(request: MemberRequest) -> HttpResponse:
    """Lead to a pack or a file of exactly the ticked use cases."""
    made = _MADE_OF_TICKED.get(request.GET.get("make", ""))
    if made is None:
        message = "Nothing of that kind is made of use cases"
        raise Http404(message)
    if query := only_ticked(request.GET):
        return redirect(f"{reverse(made)}?{query}")
    context = {"nav": "portfolio", "number": 0}
    return render(request, "portfolio/changing/change_many.html", context)


@members_only
@require_GET
def bulk_changes(request: MemberRequest) -> HttpResponse:
    """List the changes of many use cases that can be undone, or were."""
    require_contributor(request.membership)
    made = BulkChange.objects.made()
    page = Paginator(made, _LISTED).get_page(request.GET.get("page"))
    words = Words([], *(change.wanted for change in page))
    context = {
        "nav": "portfolio",
        "page": page,
        "rows": [(change, words.in_one(change.wanted)) for change in page],
    }
    return render(request, "portfolio/changing/bulk_changes.html", context)


@members_only
@require_GET
def bulk_change(request: MemberRequest, change_id: UUID) -> HttpResponse:
    """Say what a change will do, how far it is, or what it did."""
    change = bulk_change_for_editing(request.membership, change_id)
    is_as_seen = request.GET.get("seen") == f"{change.state}-{change.done}"
    if request.htmx and is_as_seen and change.is_working and not change.is_late:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    context: dict[str, Any] = {"nav": "portfolio", "change": change}
    if change.state in {BulkChange.State.PLANNED, BulkChange.State.FAILED}:
        context |= _planned(request, change)
    if change.state == BulkChange.State.DONE:
        ids = [row["id"] for row in change.written["rows"]]
        first = sorted(cases_of(ids[:_NAMED]), key=attrgetter("number"))
        context |= {"first": first, "more": len(ids) - _NAMED}
    page = "portfolio/changing/bulk_change.html"
    return render_page(request, page, context, partial="progress")


def _planned(request: MemberRequest, change: BulkChange) -> dict[str, Any]:
    plan = plan_of(change)
    told = [each for each in plan if each.changed or each.left]
    told.sort(key=lambda each: each.case.number)
    page = Paginator(told, _ROWS).get_page(request.GET.get("page"))
    words = Words(list(page), change.wanted)
    said = words.of_wanted(change.wanted)
    return {
        "number": len(plan),
        "gone": len(change.cases) - len(plan),
        "changing": sum(bool(each.changed) for each in plan),
        "parts": [
            (part, said[part.what])
            for part in counted(plan, change.wanted, words.labels)
        ],
        "shown": digest_of(plan),
        "signer": owner_who_signs(change.organization, change.wanted.get("owner")),
        "page": page,
        "rows": words.rows(list(page)),
    }


@members_only
@limited(CHANGES)
@require_POST
def bulk_write(request: MemberRequest, change_id: UUID) -> HttpResponse:
    """Make a change: at once if it is small, else by a worker."""
    change = bulk_change_for_editing(request.membership, change_id)
    shown = request.POST.get("shown", "")
    return _do(
        request,
        change,
        change.cases,
        now=lambda: write_now(change=change, shown=shown),
        later=lambda: queue_write(change=change, shown=shown),
    )


@members_only
@limited(CHANGES)
@require_POST
def bulk_undo(request: MemberRequest, change_id: UUID) -> HttpResponse:
    """Undo a change: at once if it is small, else by a worker."""
    change = bulk_change_for_editing(request.membership, change_id)
    return _do(
        request,
        change,
        change.written.get("rows", ()),
        now=lambda: undo_now(change=change),
        later=lambda: queue_undo(change=change),
    )


def _do(
    request: MemberRequest,
    change: BulkChange,
    rows: Sequence[Any],
    *,
    now: Callable[[], Any],
    later: Callable[[], Any],
) -> HttpResponse:
    """Do it with the rows, and show the page of the change."""
    there = reverse("bulk_change", args=[change.pk])
    try:
        (now if len(rows) <= AT_ONCE else later)()
    except PlanChanged:
        messages.warning(request, OVERTAKEN)
    except TooManyWaiting as error:
        return too_many(request, Refusal(sentence=str(error)), back=there)
    return redirect(there)
