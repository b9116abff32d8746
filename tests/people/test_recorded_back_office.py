"""What operators change in the back office is in the record, without a name."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled

from audits.models import Event, Organization, Role, Team, User
from tests.casting import Cast
from tests.signed_in import let_prove


@pytest.fixture
def root(cast: Cast) -> User:
    return User.objects.create_superuser("root@example.org", "secret", name="Root")


@pytest.fixture
def office(root: User) -> Client:
    client = Client()
    client.force_login(root)
    let_prove(client, root)
    return client


def last(organization: Organization) -> tuple[str, int | None, str, dict[str, Any]]:
    with scopes_disabled():
        event = Event.objects.head(organization)
    assert event
    return event.verb, event.actor_id, event.subject, event.details


def member(cast: Cast) -> Any:
    with scopes_disabled():
        return cast.ours.people[Role.VIEWER].memberships.get()


@pytest.mark.on_both
def test_role_is_recorded_with_the_one_before(
    cast: Cast, root: User, office: Client
) -> None:
    viewer = cast.ours.people[Role.VIEWER]
    address = reverse("admin:audits_membership_change", args=[member(cast).pk])

    office.post(address, {"role": "admin"})

    assert member(cast).role == Role.ADMIN
    assert last(cast.ours.organization) == (
        *("membership.changed", root.pk, str(viewer.pk)),
        {"before": "viewer", "after": "admin"},
    )


def test_membership_keeps_its_person_and_organization(
    cast: Cast, office: Client
) -> None:
    address = reverse("admin:audits_membership_change", args=[member(cast).pk])

    office.post(
        address,
        {
            "role": "viewer",
            "user": cast.unassigned.pk,
            "organization": str(cast.theirs.organization.pk),
        },
    )

    assert member(cast).organization == cast.ours.organization
    assert member(cast).user == cast.ours.people[Role.VIEWER]


@pytest.mark.on_both
def test_new_and_removed_memberships_are_recorded(
    cast: Cast, root: User, office: Client
) -> None:
    tenant, person = cast.ours.organization, cast.unassigned
    form = {"user": person.pk, "organization": str(tenant.pk), "role": "reviewer"}

    office.post(reverse("admin:audits_membership_add"), form)

    assert last(tenant) == (
        *("membership.added", root.pk, str(person.pk)),
        {"after": "reviewer"},
    )
    with scopes_disabled():
        pk = person.memberships.get().pk
    form = {"action": "delete_selected", "_selected_action": pk, "post": "yes"}
    office.post(reverse("admin:audits_membership_changelist"), form)
    assert last(tenant) == (
        *("membership.removed", root.pk, str(person.pk)),
        {"before": "reviewer"},
    )
    with scopes_disabled():
        assert not person.memberships.exists()


def test_person_made_inactive_is_recorded(
    cast: Cast, root: User, office: Client
) -> None:
    person = cast.ours.people[Role.VIEWER]
    address = reverse("admin:audits_user_change", args=[person.pk])
    form = {"email": person.email, "name": person.name}

    office.post(address, form)

    assert last(cast.ours.organization) == (
        *("person.deactivated", root.pk, str(person.pk)),
        {},
    )
    office.post(address, form | {"is_active": "on"})
    assert last(cast.ours.organization)[0] == "person.activated"


@pytest.mark.on_both
def test_changed_address_and_rights_are_recorded_without_the_address(
    cast: Cast, office: Client
) -> None:
    person = cast.ours.people[Role.VIEWER]
    form = {"email": "new@example.org", "name": person.name, "is_active": "on"}

    office.post(
        reverse("admin:audits_user_change", args=[person.pk]),
        form | {"is_superuser": "on"},
    )

    verb, _, subject, details = last(cast.ours.organization)
    assert (verb, subject) == ("person.changed", str(person.pk))
    assert details == {"fields": ["email", "is_superuser"], "is_superuser": True}


def test_settings_of_an_organization_are_recorded(
    cast: Cast, root: User, office: Client
) -> None:
    tenant = cast.ours.organization
    address = reverse("admin:audits_organization_change", args=[tenant.pk])
    form = {"name": tenant.name, "slug": tenant.slug, "currency": "USD"}
    form["paper_size"] = "letter"

    office.post(address, form)

    assert last(tenant) == (
        *("organization.changed", root.pk, str(tenant.pk)),
        {"fields": ["paper_size"]},
    )
    lines = Event.objects.head
    with scopes_disabled():
        before = lines(tenant)
    office.post(address, form)
    with scopes_disabled():
        assert lines(tenant) == before


def test_currency_of_an_organization_is_chosen_and_recorded(
    cast: Cast, root: User, office: Client
) -> None:
    tenant = cast.ours.organization
    address = reverse("admin:audits_organization_change", args=[tenant.pk])
    form = {"name": tenant.name, "slug": tenant.slug, "paper_size": "a4"}
    page = office.get(address).content.decode()

    assert '<option value="USD" selected>US dollar (USD)</option>' in page
    assert '<option value="EUR">Euro (EUR)</option>' in page

    refused = office.post(address, form | {"currency": "JPY"}).content.decode()
    tenant.refresh_from_db()

    assert "Choose one of these: USD, EUR, GBP, CHF," in refused
    assert tenant.currency == "USD"

    office.post(address, form | {"currency": "EUR"})
    tenant.refresh_from_db()

    assert tenant.currency == "EUR"
    assert last(tenant) == (
        *("organization.changed", root.pk, str(tenant.pk)),
        {"fields": ["currency"]},
    )


def test_currency_without_a_rate_is_kept_while_other_settings_change(
    cast: Cast, office: Client
) -> None:
    tenant = cast.ours.organization
    Organization.objects.filter(pk=tenant.pk).update(currency="JPY")
    address = reverse("admin:audits_organization_change", args=[tenant.pk])
    form = {"name": tenant.name, "slug": tenant.slug, "paper_size": "letter"}
    page = office.get(address).content.decode()

    assert '<option value="JPY" selected>JPY</option>' in page

    office.post(address, form | {"currency": "JPY"})
    tenant.refresh_from_db()

    assert (tenant.paper_size, tenant.currency) == ("letter", "JPY")


@pytest.mark.parametrize("role", Role)
def test_no_member_changes_the_currency(cast: Cast, role: Role) -> None:
    tenant, client = cast.ours.organization, Client()
    client.force_login(cast.ours.people[role])
    address = reverse("admin:audits_organization_change", args=[tenant.pk])
    form = {"name": tenant.name, "slug": tenant.slug, "paper_size": "a4"}

    response = client.post(address, form | {"currency": "EUR"})
    tenant.refresh_from_db()

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("admin:login"))
    assert tenant.currency == "USD"


@pytest.mark.on_both
def test_new_organization_begins_its_record(cast: Cast, office: Client) -> None:
    form = {"name": "New", "slug": "new", "paper_size": "a4", "currency": "USD"}

    office.post(reverse("admin:audits_organization_add"), form)

    tenant = Organization.objects.get(slug="new")
    assert last(tenant)[0] == "organization.added"


@pytest.mark.on_both
def test_organization_with_a_record_is_not_removed(cast: Cast, office: Client) -> None:
    tenant = cast.ours.organization

    office.post(
        reverse("admin:audits_organization_delete", args=[tenant.pk]), {"post": "yes"}
    )

    assert Organization.objects.filter(pk=tenant.pk).exists()


@pytest.mark.on_both
def test_teams_are_recorded(cast: Cast, office: Client) -> None:
    tenant = cast.ours.organization
    form = {"name": "Pricing", "organization": str(tenant.pk)}

    office.post(reverse("admin:audits_team_add"), form)
    with scopes_disabled():
        team = Team.objects.get(name="Pricing")
    told = [last(tenant)]
    address = reverse("admin:audits_team_change", args=[team.pk])
    office.post(address, {"name": "Rates"})
    told.append(last(tenant))
    address = reverse("admin:audits_team_delete", args=[team.pk])
    office.post(address, {"post": "yes"})
    told.append(last(tenant))

    assert [(verb, subject, details) for verb, _, subject, details in told] == [
        ("team.founded", str(team.pk), {}),
        ("team.renamed", str(team.pk), {}),
        ("team.removed", str(team.pk), {}),
    ]
