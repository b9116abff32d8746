"""Who belongs to no organization makes one, where the installation allows it."""

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from pytest_django import Settings

from audits.access.members import membership_of
from audits.models import Event, Organization, Role, Team
from audits.services.organizations.settings import BelongsAlready, found_organization
from tests.casting import Cast
from tests.pages import html_of
from tests.signed_in import sign_in

FORM = {"name": "Northgate Mutual", "team": "Claims"}
pytestmark = pytest.mark.on_both


@pytest.fixture
def nix(cast: Cast) -> Client:
    client = Client()
    sign_in(client, cast.unassigned)
    return client


def test_founder_becomes_the_administrator_of_an_organization_with_a_team(
    cast: Cast, nix: Client, settings: Settings
) -> None:
    settings.FOUNDING_ALLOWED = True
    offered = html_of(nix.get(reverse("use_cases")))

    response = nix.post(reverse("found"), FORM)
    nix.post(reverse("found"), FORM)

    member = membership_of(cast.unassigned)
    assert "You do not belong to an organization yet." in offered
    assert f'href="{reverse("found")}"' in offered
    assert response["Location"] == reverse("members")
    assert nix.get(reverse("members")).status_code == 200
    assert member is not None
    assert member.role == Role.ADMIN
    # A name may be that of another organization; a slug may not.
    assert member.organization != cast.ours.organization
    assert Organization.objects.filter(name="Northgate Mutual").count() == 2
    with scope(organization=member.organization):
        assert [team.name for team in Team.objects.all()] == ["Claims"]
        lines = Event.objects.order_by("number").values_list("verb", "actor")
        me = cast.unassigned.pk
        assert [*lines] == [
            ("organization.added", me),
            ("team.founded", me),
            ("membership.added", me),
        ]


def test_nobody_founds_where_it_is_not_allowed_or_twice(
    cast: Cast, nix: Client, settings: Settings
) -> None:
    settings.FOUNDING_ALLOWED = False
    before = Organization.objects.count()

    answers = [nix.get(reverse("found")), nix.post(reverse("found"), FORM)]
    page = html_of(nix.get(reverse("use_cases")))
    with pytest.raises(BelongsAlready):
        found_organization(person=cast.ours.contributor, name="Second", team="Team")

    assert [each.status_code for each in answers] == [404, 404]
    assert reverse("found") not in page
    assert Organization.objects.count() == before
