"""No page for members has the number of a row, which would tell of all the others."""

import re
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter
from django_scopes import scope

from audits.models import Role, Version
from audits.services.answers.answers import save_answers
from tests.casting import Cast, Tenant
from tests.pages import html_of
from tests.signed_in import let_prove

# The names of fields and parameters that name a row.
ROWS = ("owner", "of", "team", "view")


def patterns(resolver: URLResolver) -> list[URLPattern]:
    """Return the routes of members, without those of the back office."""
    found: list[URLPattern] = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            found.append(entry)
        elif entry.namespace != "admin":
            found += patterns(entry)
    return found


def test_no_address_takes_a_number() -> None:
    numbered = [
        pattern.name
        for pattern in patterns(get_resolver())
        for converter in pattern.pattern.converters.values()
        if isinstance(converter, IntConverter)
    ]

    assert numbered == []


def pages(tenant: Tenant) -> list[str]:
    draft, submitted = tenant.draft.pk, tenant.submitted.pk
    return [
        *map(reverse, ("portfolio", "teams", "saved_views", "calendars", "packs")),
        *map(
            reverse,
            ("use_cases", "register", "inbox", "time_machine", "portfolio_checks"),
        ),
        reverse("portfolio") + f"?owner={tenant.contributor.public_id}&sort=-spend",
        reverse("team", args=[tenant.team.public_id]),
        reverse("pack", args=[tenant.pack.pk]),
        reverse("ask", args=[draft]),
        reverse("tasks", args=[draft]),
        reverse("section", args=[draft, "purpose"]),
        reverse("question", args=[draft, "goal"]),
        reverse("numbers", args=[draft]),
        reverse("conflicts", args=[draft]),
        reverse("result", args=[submitted]),
        reverse("cover", args=[submitted]),
    ]


@pytest.mark.on_both
def test_no_page_has_the_number_of_a_row(cast: Cast) -> None:
    tenant = cast.ours
    client = Client()
    client.force_login(tenant.contributor)
    let_prove(client, tenant.contributor)
    with scope(organization=tenant.organization):
        given = {"goal": ["knowledge"], "state": "none"}
        save_answers(audit=tenant.draft, by=tenant.contributor, answers=given)
        Version.objects.filter(pk=tenant.set_aside.pk).update(audit=tenant.draft)
        tenant.contributor.memberships.update(role=Role.ADMIN)

    for page in pages(tenant):
        response = client.get(page)
        text = html_of(response)
        assert response.status_code == 200, page

        addresses = re.findall(r'\b(?:href|action|hx-get|hx-post)="([^"]*)"', text)
        assert addresses
        for address in addresses:
            if not address.startswith(("/", "?")):
                continue
            path, _, query = address.partition("?")
            assert not re.search(r"/\d+(/|$)", path), (page, address)
            assert not re.search(rf"\b({'|'.join(ROWS)})=\d+(&|$)", query), address
        for name, value in re.findall(r'name="([^"]*)"[^>]* value="([^"]*)"', text):
            assert name not in ROWS or not value.isdecimal(), (page, name, value)
        for name, options in re.findall(
            r'<select name="(\w+)"(.*?)</select>', text, re.DOTALL
        ):
            if name in ROWS:
                values = re.findall(r'value="([^"]+)"', options)
                assert [str(UUID(value)) for value in values] == values, page
        assert not re.search(r'\bid="(comment|c|both)-\d+(-text)?"', text), page


@pytest.mark.parametrize("name", ["team", "owner"])
def test_nothing_passes_the_number_of_a_row(
    cast: Cast, client: Client, name: str
) -> None:
    number = {"team": cast.ours.team.pk, "owner": cast.ours.contributor.pk}[name]

    page = client.get(reverse("portfolio"), {name: number})

    assert page.context["selection"].total.use_cases == 0
    assert f"There is no {name} “{number}”." in html_of(page)


@pytest.mark.parametrize("value", ["1", "x", "", "0" * 36])
def test_form_that_names_a_row_by_anything_else_is_refused_in_words(
    cast: Cast, client: Client, value: str
) -> None:
    register = {"name": "Triage", "summary": "Sorts", "stage": "planned"}
    ask = {"section": "purpose", "message": "Please"}
    draft = cast.ours.draft.pk

    registered = client.post(reverse("register"), {**register, "team": value})
    asked = client.post(reverse("ask", args=[draft]), {**ask, "of": value})

    assert "There is a problem" in html_of(registered)
    assert "There is a problem" in html_of(asked)
    if value:
        calendar = client.post(reverse("calendars"), {"view": value})
        assert "Select one of your saved views" in html_of(calendar)
