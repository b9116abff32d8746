"""No page offers somebody what they would be refused."""

import re
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve, reverse
from django_scopes import scope

from audits.models import Audit, PortfolioRow, Report, Role, UseCase
from audits.reports.typesetting.branding import NOTHING_CUT
from tests.access.rows.row import ACTORS, ids_in
from tests.access.rows.rows import ROWS
from tests.access.test_permissions import REFUSED
from tests.casting import Cast
from tests.conditions import sign_with, term
from tests.pages import html_of
from tests.signed_in import sign_in

_LEADS = re.compile(r'\b(href|hx-get|action|formaction|hx-post)="([^"]*)"')
# A form without an address sends to its own page.
_OWN = re.compile(r'<form\b(?=[^>]*\bmethod="post")(?![^>]*\baction=)')
_ROUTES = {(row.method, row.url[0]): row for row in ROWS}


def led_to(page: str, html: str) -> set[tuple[str, str]]:
    """Return the method and the address of all that a page leads to."""
    urls = {("POST", page)} if _OWN.search(html) else set()
    for tag in re.findall(r"<[a-z][^>]*>", html):
        for name, url in _LEADS.findall(tag):
            sends = name == "hx-post" or (
                name == "action" and 'method="get"' not in tag
            )
            urls.add(("POST" if sends else "GET", url.replace("&amp;", "&")))
    return urls


def offered(page: str, html: str) -> set[tuple[str, str]]:
    """Return the method and the name of each route that a page leads to."""
    found = set()
    for method, url in led_to(page, html):
        with suppress(Resolver404):
            found.add((method, resolve(urlsplit(url).path).url_name or ""))
    return found


@pytest.mark.once
@pytest.mark.parametrize("role", [r for r in Role if r != Role.ADMIN])
def test_page_offers_nobody_what_they_are_refused(cast: Cast, role: Role) -> None:
    client, at, most = Client(), ACTORS.index(role), ACTORS.index(Role.ADMIN)
    sign_in(client, cast.ours.people[role])
    refused = {
        route
        for route, row in _ROUTES.items()
        if row.outcomes[at] in REFUSED and row.outcomes[most] not in REFUSED
    }
    wrong, pages = set(), 0

    for row in ROWS:
        if row.method == "GET" and row.outcomes[at] == 200:
            page = reverse(row.url[0], kwargs=ids_in(cast.ours, row.url[1]))
            response = client.get(page)
            if response["Content-Type"].startswith("text/html"):
                pages += 1
                leads = offered(page, html_of(response))
                wrong |= {(row.url[0], *to) for to in leads & refused}

    assert (wrong, pages > 5) == (set(), True)


@pytest.mark.once
def test_pages_of_what_was_signed_offer_a_viewer_nothing_they_are_refused(
    cast: Cast,
) -> None:
    ours, audit, client = cast.ours, cast.ours.submitted, Client()
    with scope(organization=ours.organization):
        sign_with(audit, ours.people[Role.REVIEWER], term(audit, "Test it"))
    sign_in(client, ours.people[Role.VIEWER])
    leads, pages = set(), 0

    for row in ROWS:
        if row.method == "GET" and ids_in(ours, row.url[1]).keys() == {"audit_id"}:
            page = reverse(row.url[0], args=[audit.pk])
            response = client.get(page)
            if response["Content-Type"].startswith("text/html"):
                pages += response.status_code == 200
                leads |= led_to(page, html_of(response))
    own = sorted(x for x in leads if str(audit.pk) in x[1])
    refused = [
        (method, url)
        for method, url in own
        if client.generic(method, url).status_code == 403
    ]

    assert (refused, pages > 5, len(own) > 10) == ([], True, True)


@pytest.mark.once
def test_only_who_may_answer_is_led_to_what_is_missing_and_to_what_is_too_long(
    cast: Cast,
) -> None:
    """Even who owns a use case, but reads alone."""
    ours, viewer = cast.ours, cast.ours.people[Role.VIEWER]
    with scope(organization=ours.organization):
        for found in (
            PortfolioRow.objects.filter(audit=ours.submitted),
            Audit.objects.filter(pk=ours.submitted.pk),
        ):
            found.update(is_provisional=True)
        UseCase.objects.filter(audits=ours.submitted).update(owner=viewer)
        Report.objects.filter(pk=ours.report.pk).update(notice=NOTHING_CUT)
    home, paper = reverse("use_cases"), reverse("paper", args=[ours.report.pk])
    led = []

    for person, page in (
        *((viewer, home), (viewer, paper)),
        (ours.contributor, paper),
    ):
        client = Client()
        sign_in(client, person)
        ways = {name for _, name in offered(page, html_of(client.get(page)))}
        led.append(ways & {"result", "reopen", "cover"})

    assert led == [{"result"}, {"result"}, {"result", "cover"}]
