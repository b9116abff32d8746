"""The record of events: a page with filters, and the same lines as a file."""

import csv
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from io import StringIO
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from audits.access.members import MemberRequest, members_only, require_administrator
from audits.limits import EXPORTS, limited
from audits.models import Event, Membership
from audits.models.events import EventQuerySet
from audits.organization.pages import show
from audits.organization.subjects import subjects_of
from audits.organization.told import details_of, what_happened, who_did
from audits.plain_forms import PlainForm
from audits.services.people.times_of_day import zone_in_use, zone_of
from audits.services.record.downloads import record_download
from audits.uploads.tables.cells import safe_cell

_A_PAGE = 50
# A file has the latest lines: a spreadsheet opens no more in a reasonable time.
MOST_IN_A_FILE = 50_000
_LAST_YEAR = 9999
KINDS: Mapping[str, str] = {
    "person": "Signing in and passwords",
    "membership": "Members and roles",
    "invitation": "Invitations",
    "sign_on": "Single sign-on and provisioning",
    "team": "Teams",
    "organization": "Settings of the organization",
    "use_case": "Use cases",
    "use_cases": "Changes of many use cases",
    "audit": "Audits and sign-offs",
    "condition": "Conditions of sign-offs",
    "board": "Board decisions",
    "ask": "Answer requests",
    "comment": "Comments",
    "evidence": "Evidence",
    "results": "Results files",
    "usage": "Usage files",
    "report": "Board papers",
    "cover": "Page 1 of board papers",
    "pack": "Board packs",
    "share": "Sharing",
    "portfolio": "Exports of the portfolio",
    "inventory": "Imports",
    "import": "Files of imports",
    "feed": "Calendars",
    "landscape": "Market facts",
    "file": "Stored files",
    "record": "The record itself",
}
# The first parts of verbs that a kind has beside its own.
_WIDER: Mapping[str, tuple[str, ...]] = {
    "sign_on": ("provider", "domain", "group", "token"),
    "board": ("board_step",),
}
_HEADINGS = (
    "Number",
    "At (UTC)",
    "Person",
    "Event",
    "Subject",
    "About",
    "Details",
    "Digest",
)


class RecordFilter(PlainForm):
    """Lines of one person, of one kind, of one day."""

    person = forms.ChoiceField(required=False)
    kind = forms.ChoiceField(
        required=False, choices=[("", "Every kind"), *KINDS.items()]
    )
    day = forms.DateField(
        required=False,
        widget=forms.DateInput({"type": "date"}),
        error_messages={"invalid": "Enter the day as 2026-11-30"},
    )

    def __init__(self, people: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Everybody"), ("system", "Nobody: Attune itself")]
        self.fields["person"] = forms.ChoiceField(
            required=False, choices=[*choices, *people.items()]
        )

    def lines(self) -> EventQuerySet:
        """Return the lines that pass, the latest first; none if it is refused."""
        found = Event.objects.readable().order_by("-number").select_related("actor")
        if not self.is_valid():
            return found.none()
        given = self.cleaned_data
        if given["person"] == "system":
            found = found.filter(actor=None)
        elif given["person"]:
            found = found.filter(actor__public_id=given["person"])
        if given["kind"]:
            found = found.filter(of_kind(given["kind"]))
        if day := given["day"]:
            found = found.filter(at__range=_bounds(day))
        return found


def of_kind(kind: str) -> Q:
    """Return the filter of the lines of a kind."""
    of_sign_on = Q(verb__startswith="organization.sign_on")
    found = of_sign_on if kind == "sign_on" else Q(verb__startswith=f"{kind}.")
    for each in _WIDER.get(kind, ()):
        found |= Q(verb__startswith=f"{each}.")
    return found


def _bounds(day: date) -> tuple[datetime, datetime]:
    """Return the first and the last moment of a day, as who reads the page counts it.

    The first and the last days that there are have moments that no zone but UTC has.
    """
    zone = zone_of(zone_in_use()) if 1 < day.year < _LAST_YEAR else UTC
    start, end = (datetime.combine(day, at, zone) for at in (time.min, time.max))
    return start.astimezone(UTC), end.astimezone(UTC)


@members_only
@require_GET
def record(request: MemberRequest) -> HttpResponse:
    """Show the lines of the record that pass a filter."""
    require_administrator(request.membership)
    form = _filter(request)
    page = Paginator(form.lines(), _A_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    path = f"?{query.urlencode()}&page=" if query else "?page="
    about, details = subjects_of(page), details_of(page)
    context = {
        "form": form,
        "page": page,
        "lines": [
            {
                "event": event,
                "what": what_happened(event.verb, event.details),
                "who": who_did(event.verb),
                "about": about[event.pk],
                "details": details[event.pk],
            }
            for event in page
        ],
        "query": f"?{query.urlencode()}" if query else "",
        "previous_link": f"{path}{page.number - 1}",
        "next_link": f"{path}{page.number + 1}",
        "most": MOST_IN_A_FILE,
    }
    return show(request, "record", "record", context)


@members_only
@limited(EXPORTS)
@require_GET
def record_csv(request: MemberRequest) -> HttpResponseBase:
    """Send the lines that pass the same filter as CSV; the download is recorded."""
    require_administrator(request.membership)
    form = _filter(request)
    if not form.is_valid():
        query = request.GET.urlencode()
        return HttpResponseRedirect(f"{reverse('record')}?{query}")
    lines, text = list(form.lines()[:MOST_IN_A_FILE]), StringIO()
    about = subjects_of(lines)
    text.write("\ufeff")  # tells a spreadsheet the encoding
    writer = csv.writer(text)
    writer.writerow(_HEADINGS)
    for event in lines:
        writer.writerow([safe_cell(cell) for cell in _cells(event, about[event.pk])])
    record_download(
        organization=request.membership.organization,
        by=request.user,
        verb="record.exported",
        subject="record",
        kind="csv",
    )
    response = HttpResponse(text.getvalue(), content_type="text/csv")
    name = f"record-{timezone.localdate()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _filter(request: MemberRequest) -> RecordFilter:
    members = Membership.ever.select_related("user").order_by("user__name", "pk")
    people = {str(each.user.public_id): str(each.user) for each in members}
    data = {name: request.GET.get(name, "") for name in ("person", "kind", "day")}
    return RecordFilter(people, data)


def _cells(event: Event, about: str) -> Iterator[str]:
    yield str(event.number)
    yield event.at.isoformat(timespec="seconds")
    yield str(event.actor) if event.actor else ""
    yield event.verb
    yield event.subject
    yield about
    yield json.dumps(event.details, ensure_ascii=False, sort_keys=True)
    yield event.digest
