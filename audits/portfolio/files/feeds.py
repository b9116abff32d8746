"""Calendars of decisions and reviews, which a member's programs read."""

from collections.abc import Iterator
from datetime import date, timedelta
from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)
from django_scopes import scope

from audits.access.calendars import feed_by_secret
from audits.access.members import MemberRequest, members_only
from audits.confirming.fresh import ask_to_confirm, is_fresh
from audits.held_forms import held_as
from audits.limits import CALENDAR_CHANGES, CALENDAR_READS, limited, too_many
from audits.models import Feed, PortfolioRow, PortfolioRowQuerySet, SavedView
from audits.portfolio.columns.values import link_to, verdict_that_counts
from audits.portfolio.files.calendar import Entry, calendar
from audits.portfolio.forms import FeedForm
from audits.portfolio.of_board.open_dates import (
    BOARD,
    CARRY_OUT,
    CONDITION,
    LOOK_AGAIN,
    open_dates,
)
from audits.portfolio_filter import portfolio_rows_of
from audits.services.portfolio.saved_views import last_feed, make_feed, remove_feed
from audits.services.record.downloads import record_fetch

_PAST = timedelta(days=366)
_TOLD_ONCE = "calendar_address"


@members_only
@held_as("A calendar")
@require_http_methods(["GET", "POST"])
def calendars(request: MemberRequest) -> HttpResponseBase:
    """List a member's calendars; the address of a new one is shown once."""
    views = SavedView.objects.filter(user=request.user)
    form = FeedForm(views, request.POST if request.method == "POST" else None)
    if request.method == "POST" and (
        refusal := CALENDAR_CHANGES.refusal(request.user.pk)
    ):
        return too_many(request, refusal)
    if request.method == "POST" and form.is_valid() and not is_fresh(request):
        return ask_to_confirm(request)
    if request.method == "POST" and _made(request, form):
        return redirect("calendars")
    latest = last_feed(request.membership)
    context = {
        "nav": "portfolio",
        "form": form,
        "latest": latest.public_id if latest else "",
        "address": request.session.pop(_TOLD_ONCE, ""),
        "feeds": Feed.objects.filter(user=request.user).select_related("view"),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "portfolio/calendars.html", context, status=status)


def _made(request: MemberRequest, form: FeedForm) -> bool:
    if not form.is_valid():
        return False
    try:
        _, secret = make_feed(
            member=request.membership,
            view=form.cleaned_data["view"],
            shown=request.POST.get("latest"),
        )
    except ValidationError as refusal:
        form.add_error(None, refusal.messages[0])
        return False
    if secret:
        path = reverse("calendar_feed", args=[secret])
        request.session[_TOLD_ONCE] = settings.SITE_URL + path
    return True


@members_only
@require_POST
@limited(CALENDAR_CHANGES)
def remove_calendar(request: MemberRequest, feed_id: UUID) -> HttpResponse:
    own = Feed.objects.filter(user=request.user)
    feed = get_object_or_404(own, public_id=feed_id)
    remove_feed(member=request.membership, feed=feed)
    return redirect("calendars")


@never_cache
@require_GET
def calendar_feed(request: HttpRequest, key: str) -> HttpResponse:
    feed = feed_by_secret(key)
    if refusal := CALENDAR_READS.refusal(feed.pk):
        return too_many(request, refusal)
    query = QueryDict(feed.view.query if feed.view else "")
    today = timezone.localdate()
    with scope(organization=feed.organization):
        due = portfolio_rows_of(query).filter(due_on__isnull=False)
        text = calendar(_name(feed), _entries(due, today - _PAST), timezone.now())
        record_fetch(feed=feed)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="attune.ics"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _name(feed: Feed) -> str:
    return f"{feed.organization}: {feed.view.name if feed.view else 'all use cases'}"


_VERBS = {
    "Review": "Review",
    CONDITION: "Meet the condition",
    BOARD: "Board decides",
    CARRY_OUT: "Carry out the decision",
    LOOK_AGAIN: "Look at it again",
}


def _entries(due: PortfolioRowQuerySet, since: date) -> Iterator[Entry]:
    """Yield an entry for each day since one on which a use case waits for something."""
    for row in due.select_related("team", "owner").order_by("due_on", "pk"):
        for day, kind in open_dates(row):
            if day >= since:
                yield _entry(row, day, kind)


def _entry(row: PortfolioRow, day: date, kind: str) -> Entry:
    verb = _VERBS.get(kind, "Decide")
    said = row.comes_first if verb == "Decide" and row.comes_first else verb
    cause = f" {row.review_cause}" if row.review_cause else ""
    return Entry(
        uid=f"{row.use_case_id}-{verb.partition(' ')[0].lower()}@attune",
        on=day,
        title=f"{said}: {row.name}",
        text=f"{row.reference}, {row.team}. Verdict: "
        f"{verdict_that_counts(row)}. Owner: {row.owner}."
        f"{cause}",
        link=link_to(row),
    )
