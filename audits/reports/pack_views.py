"""Board packs: request one for a filter, wait, cancel, download."""

from http import HTTPStatus
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from audits.access.cancelling import may_cancel
from audits.access.members import MemberRequest, members_only
from audits.access.papers import pack_for_cancelling, pack_for_viewing
from audits.limits import (
    DOWNLOADS,
    ORGANIZATION_PACKS,
    PACKS,
    PACKS_A_DAY,
    Refusal,
    limited,
    mark_as_refused,
)
from audits.models import Audit, BoardPack, Job, PortfolioRow
from audits.models.fields.text import TypedText
from audits.pages import render_page
from audits.portfolio_filter import FilterForm, read_filter
from audits.reports.downloads import download
from audits.reports.packs.choosing import choose, values_of
from audits.reports.page_one import ROOM
from audits.reports.tasks import may_be_made_again, queue_pack
from audits.services.files.file_checks import problem_of
from audits.services.jobs.fair_queue import TooManyWaiting
from audits.services.papers.packs.board_packs import NothingToDecide, cancel_pack
from audits.services.papers.packs.overtaken import is_overtaken
from audits.services.papers.packs.pack_comparison import (
    NOTHING,
    NoSuchPack,
    to_compare_with,
)
from audits.services.papers.packs.pack_room import NoRoomForPacks

_A_PAGE = 50


class PackForm(forms.Form):
    """The meeting of a pack, and the pack to compare it with.

    The portfolio's filters come with them.
    """

    meeting = TypedText(
        max_length=ROOM["meeting"],
        required=False,
        error_messages={"max_length": "Meeting: %(limit_value)d characters or fewer."},
    )
    since = TypedText(required=False)


@members_only
@require_http_methods(["GET", "POST"])
def packs(request: MemberRequest) -> HttpResponse:
    """List the packs; a POST requests one, and requesting twice gives the same one."""
    if request.method == "GET":
        return _list(request)
    form = PackForm(request.POST)
    if not form.is_valid():
        return _list(request, problem=str(form.errors["meeting"][0]), status=422)
    filters = read_filter(request.POST)
    if filters.gone:
        return _gone(request, filters)
    if "choose" in request.POST:
        return choose(request, filters, form.cleaned_data["meeting"])
    again = {**filters.chosen, **form.cleaned_data}
    if refusal := _too_often(request):
        return _refused(request, refusal, filters.query, again)
    found = filters.filtered(PortfolioRow.objects.all())
    ordered = Audit.objects.filter(portfolio_row__in=found).order_by(
        # By the day of the decision, which a sign-off does not change.
        F("cover__decide_by").asc(nulls_last=True),
        F("portfolio_row__due_on").asc(nulls_last=True),
        *("portfolio_row__urgency", "use_case__name", "pk"),
    )
    try:
        pack = queue_pack(
            organization=request.membership.organization,
            by=request.user,
            audits=ordered,
            filters=filters.query,
            **form.cleaned_data,
        )
    except (NothingToDecide, NoSuchPack) as error:
        return _list(request, problem=str(error), filters=filters.query, status=422)
    except (TooManyWaiting, NoRoomForPacks) as error:
        refusal = Refusal(sentence=str(error))
        return _refused(request, refusal, filters.query, again)
    return redirect("pack", pack.pk)


@members_only
@require_GET
def new_pack(request: MemberRequest) -> HttpResponse:
    """Ask for which meeting to make a pack."""
    filters = read_filter(request.GET)
    return _gone(request, filters) if filters.gone else choose(request, filters, None)


def _gone(request: MemberRequest, filters: FilterForm) -> HttpResponse:
    """Say which filters there are no longer; no pack is made without them."""
    problem = (
        f"{', '.join(filters.gone)}: your choice is no longer available. Filter "
        f"the portfolio again."
    )
    return _list(request, problem=problem, status=422)


@members_only
@require_GET
def pack(request: MemberRequest, pack_id: UUID) -> HttpResponse:
    found = pack_for_viewing(request.membership, pack_id)
    counted = (
        BoardPack.objects.with_counts()
        .select_related("previous__requested_by")
        .defer("previous__verdicts", "previous__outcomes")
        .get(pk=found.pk)
    )
    seen = f"{found.progress}-{counted.made}"
    if request.htmx and request.GET.get("seen") == seen:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    problem = problem_of(found)
    context = {
        "nav": "portfolio",
        "problem": problem,
        "same_again": problem and may_be_made_again(found),
        "pack": counted,
        "seen": seen,
        "waiting": found.state in Job.WAITING,
        "in_one": counted.asked <= BoardPack.MOST_IN_ONE,
        "filters": read_filter(QueryDict(found.filters)).kept_in_words,
        "again": values_of(found.filters),
        "since": found.previous_id or NOTHING,
        "others": to_compare_with(found.filters, found),
        "is_old": found.state == Job.State.READY and is_overtaken(found),
        "may_cancel": may_cancel(request.membership, found),
    }
    return render_page(request, "reports/packs/page.html", context, partial="progress")


@members_only
@require_POST
def cancel(request: MemberRequest, pack_id: UUID) -> HttpResponse:
    """Stop making a pack; a finished pack stays."""
    found = pack_for_cancelling(request.membership, pack_id)
    cancel_pack(pack=found, by=request.user)
    return redirect("pack", found.pk)


@members_only
@require_GET
@limited(DOWNLOADS)
def pack_file(request: MemberRequest, pack_id: UUID) -> HttpResponseBase:
    found = pack_for_viewing(request.membership, pack_id)
    return download(request, found)


def _too_often(request: MemberRequest) -> Refusal | None:
    """Count one more pack of a person and of their organization."""
    return (
        PACKS.refusal(request.user.pk)
        or PACKS_A_DAY.refusal(request.user.pk)
        or ORGANIZATION_PACKS.refusal(request.membership.organization_id)
    )


def _refused(
    request: MemberRequest, refusal: Refusal, filters: str, again: dict[str, str]
) -> HttpResponse:
    """Say why no pack is made now, with a form that asks for the same again."""
    said = refusal.sentence
    return mark_as_refused(_list(request, said, filters, again), refusal)


def _list(
    request: MemberRequest,
    problem: str = "",
    filters: str = "",
    again: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show the packs; `again` has the sent values, to send them again."""
    made = (
        BoardPack.objects.with_counts()
        .select_related("requested_by", "previous")
        .defer("previous__verdicts", "previous__outcomes", "previous__told")
        .order_by("-frozen_at", "pk")
    )
    page = Paginator(made, _A_PAGE).get_page(request.GET.get("page"))
    choices = read_filter(QueryDict())
    context = {
        "nav": "portfolio",
        "page": page,
        "rows": [(item, _words(choices, item)) for item in page],
        "problem": problem,
        "filters": filters,
        "again": again,
    }
    return render(request, "reports/packs/packs.html", context, status=status)


def _words(choices: FilterForm, pack: BoardPack) -> str:
    """Return a pack's filter in words; empty for the whole portfolio."""
    return choices.over(QueryDict(pack.filters)).kept_in_words
