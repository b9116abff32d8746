"""Who belongs to no organization makes one, where the installation allows it."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from pytest_django import Settings

from audits.access.members import membership_of
from audits.access.opened_pages import ticket_of
from audits.models import Audit, Event, Membership, Organization, Role, Team
from audits.services.demo.sample import sample_company
from audits.services.organizations.settings import (
    BelongsAlready,
    MayNotFound,
    found_organization,
)
from tests.casting import PASSWORD, Cast
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
    again = html_of(nix.post(reverse("found"), FORM, follow=True))

    member = membership_of(cast.unassigned)
    assert "You belong to no organization" in offered
    assert f'href="{reverse("found")}"' in offered
    assert response["Location"] == reverse("members")
    assert "so no other one was made." in again
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


def test_member_makes_one_more_organization_once_and_works_there(
    cast: Cast, settings: Settings
) -> None:
    settings.ORGANIZATIONS_PER_DAY, settings.FOUNDING_ALLOWED = 3, True
    person, ours, client = cast.ours.contributor, cast.ours.organization, Client()
    sign_in(client, person)
    link = f'href="{reverse("found")}"'
    offered = html_of(client.get(reverse("own_settings")))
    page = html_of(client.get(reverse("found")))
    form = {**FORM, "own": "1", "page-of": ticket_of(person)}

    made = client.post(reverse("found"), form)
    first_page = html_of(client.get(made["Location"]))
    member = membership_of(person)
    assert member is not None
    sent_again = {**form, "page-of": ticket_of(person, member)}
    twice = html_of(client.post(reverse("found"), sent_again, follow=True))
    header = html_of(client.get(reverse("members")))
    client.post(reverse("found"), {**sent_again, "own": "2"})
    newest = membership_of(person)
    assert newest is not None
    over = {**form, "own": "3", "page-of": ticket_of(person, newest)}
    limited = client.post(reverse("found"), over)

    assert link in offered
    assert f"You still belong to <bdi>{ours.name}</bdi>" in page
    assert 'name="own" value="1"' in page
    assert made["Location"] == reverse("members")
    assert (member.role, member.organization.name) == (Role.ADMIN, FORM["name"])
    assert [each.organization for each in member.others] == [ours]
    assert member.others[0].role == Role.CONTRIBUTOR
    assert "so no other one was made." in twice
    assert f"<bdi>{FORM['name']}</bdi><span> · <u>switch</u></span>" in header
    assert f"{FORM['name']} is made, and you are its administrator." in first_page
    assert limited.status_code == 429
    assert len(newest.others) == 2
    assert membership_of(person) == newest
    settings.FOUNDING_ALLOWED = False
    assert link not in html_of(client.get(reverse("own_settings")))


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


def test_who_was_deactivated_is_told_so_and_founds_none_unless_it_is_allowed(
    cast: Cast, nix: Client, settings: Settings
) -> None:
    settings.FOUNDING_ALLOWED, person = True, cast.unassigned
    with scope(organization=cast.ours.organization):
        gone = Membership.objects.create(
            organization=cast.ours.organization,
            user=person,
            role=Role.VIEWER,
            ended_at=timezone.now(),
        )
    assert gone.ended_at
    day = f"{gone.ended_at.day} {gone.ended_at:%B %Y}"
    name = cast.ours.organization.name

    signed_in = Client().post(
        reverse("account_login"), {"login": person.email, "password": PASSWORD}
    )
    told = html_of(nix.get(reverse("use_cases")))
    led = nix.post(reverse("found"), FORM)
    with pytest.raises(MayNotFound):
        found_organization(person=person, name="Second", team="Team")

    assert f"<bdi>{name}</bdi> deactivated you on {day}." in told
    assert reverse("found") not in told
    assert signed_in["Location"] != reverse("found")
    assert led.status_code == 403
    assert membership_of(person) is None
    settings.FOUNDING_AFTER_LEAVING = True
    assert reverse("found") in html_of(nix.get(reverse("use_cases")))
    nix.post(reverse("found"), FORM)
    member = membership_of(person)
    assert member is not None
    # Of one who reads for a board there by now, no matter: they are led to theirs.
    with scope(organization=member.organization):
        Membership.objects.filter(pk=member.pk).update(role=Role.BOARD)
    settings.FOUNDING_AFTER_LEAVING = False
    more = {**FORM, "own": "1", "page-of": ticket_of(person, member)}
    led_back = [ask(reverse("found"), more)["Location"] for ask in (nix.get, nix.post)]
    assert led_back == [reverse("home"), reverse("own_settings")]


@pytest.mark.on_both
def test_founder_may_begin_with_the_sample_portfolio_as_own_drafts(
    cast: Cast, nix: Client, settings: Settings
) -> None:
    settings.FOUNDING_ALLOWED = True
    names = {each["name"] for each in sample_company()["use_cases"]}

    response = nix.post(reverse("found"), {**FORM, "sample": "on"})

    member = membership_of(cast.unassigned)
    assert member is not None
    assert response["Location"] == reverse("portfolio")
    with scope(organization=member.organization):
        audits = Audit.objects.select_related("use_case")
        assert {audit.use_case.name for audit in audits} == names
        assert {audit.state for audit in audits} == {Audit.State.DRAFT}
        assert {audit.use_case.owner for audit in audits} == {cast.unassigned}
        assert all(audit.answers for audit in audits)
        teams = {team.name for team in Team.objects.exclude(name="Claims")}
        assert all(name.endswith(" (sample)") for name in teams)
        assert Membership.objects.count() == 1


def test_who_has_no_organization_is_led_to_make_one_or_told_who_can_invite(
    cast: Cast, nix: Client, settings: Settings
) -> None:
    who = cast.unassigned.email
    form = {"login": who, "password": PASSWORD}

    settings.FOUNDING_ALLOWED = True
    to_found = Client().post(reverse("account_login"), form)
    settings.FOUNDING_ALLOWED = False
    told = html_of(nix.get(reverse("use_cases")))
    with scope(organization=cast.ours.organization):
        guest = cast.ours.invitation
        guest.email = who
        guest.save(update_fields=["email"])
    invited = html_of(nix.get(reverse("use_cases")))

    assert to_found["Location"] == reverse("found")
    assert f"Ask yours for an invitation to <bdi>{who}</bdi>." in told
    assert f"<bdi>{guest.by}</bdi> for <bdi>{guest.organization}</bdi>" in invited
    assert reverse("account_logout") in told
