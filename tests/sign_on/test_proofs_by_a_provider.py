"""What counts as a proof of who somebody is, if a provider signs them in."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.models import Membership, Role, SignOnProvider
from audits.services.single_sign_on.providers import require_single_sign_on
from tests.casting import PASSWORD, Cast
from tests.pages import html_of
from tests.people.factors import with_app
from tests.sign_on.providers import (
    OpenIdProvider,
    come_in,
    move,
    start_of,
)
from tests.signed_in import sign_in

ADA = {"email": "ada@firm.example", "name": "Ada Byron", "email_verified": True}


def test_own_second_factor_is_asked_unless_the_provider_counts_as_two(
    cast: Cast, ours: SignOnProvider, idp: OpenIdProvider
) -> None:
    organization = cast.ours.organization
    with_app(move(cast.ours.contributor, "ada@firm.example"))
    idp.knows("ada", **ADA)
    client = Client()

    asked = come_in(client, ours, idp, "ada")
    with scope(organization=organization):
        require_single_sign_on(
            organization=organization, by=None, required=False, has_factor=True
        )
    let_in = come_in(Client(), ours, idp, "ada")

    assert asked["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("portfolio")).status_code == 302
    assert let_in["Location"] == reverse("use_cases")


@pytest.mark.parametrize("has_factor", [True, False])
def test_required_second_factor_is_the_providers_only_where_that_is_said(
    cast: Cast, ours: SignOnProvider, idp: OpenIdProvider, *, has_factor: bool
) -> None:
    organization = cast.ours.organization
    organization.requires_second_factor = True
    organization.sign_on_has_factor = has_factor
    organization.save()
    idp.knows("ada", **ADA)
    client = Client()

    come_in(client, ours, idp, "ada")
    response = client.get(reverse("portfolio"), headers={"Accept": "text/html"})

    outcome = (response.status_code, response.get("Location"))
    assert outcome == (
        (200, None) if has_factor else (302, reverse("second_factor_first"))
    )


def test_where_single_sign_on_is_required_a_password_opens_nothing(
    cast: Cast, ours: SignOnProvider, idp: OpenIdProvider
) -> None:
    organization, html = cast.ours.organization, {"Accept": "text/html"}
    with scope(organization=organization):
        require_single_sign_on(
            organization=organization, by=None, required=True, has_factor=False
        )
    person = move(cast.ours.contributor, "ada@firm.example")
    idp.knows("ada", **ADA)
    idp.knows("bo", email="bo@firm.example")
    client, page = Client(), reverse("portfolio")

    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    led, told = client.get(page, headers=html), client.get(page)
    shown = html_of(client.get(led["Location"]))
    another = come_in(client, ours, idp, "bo")
    back = come_in(client, ours, idp, "ada", next=page)

    assert (led["Location"], told.status_code) == (reverse("sign_on_first"), 403)
    assert b"requires single sign-on" in told.content
    assert start_of(ours) in shown
    assert (another.status_code, back["Location"]) == (403, page)
    assert client.get(page).status_code == 200
    elsewhere = Client()
    sign_in(elsewhere, cast.theirs.contributor)
    assert elsewhere.get(page).status_code == 200


def test_who_confirms_who_they_are_signs_in_at_the_provider_again(
    ours: SignOnProvider, idp: OpenIdProvider, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "audits.services.people.sign_in_log")
    idp.knows("ada", **ADA)
    client, page = Client(), reverse("add_app")
    come_in(client, ours, idp, "ada")
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 600
    session.save()

    asks = client.get(client.get(page)["Location"])
    again = start_of(ours, again="1", next=page)
    there = client.get(again)["Location"]
    back = come_in(client, ours, idp, "ada", again="1", next=page)

    assert again.replace("&", "&amp;") in html_of(asks)
    assert "prompt=login" in there
    assert back["Location"] == page
    assert client.get(page).status_code == 200
    assert caplog.text.count(" proved who they are with ") == 1


def test_who_came_by_a_provider_alone_makes_no_organization_beside_its_own(
    cast: Cast, ours: SignOnProvider, idp: OpenIdProvider
) -> None:
    person = move(cast.ours.contributor, "ada@firm.example")
    idp.knows("ada", **ADA)
    client, password = Client(), Client()
    come_in(client, ours, idp, "ada")
    sign_in(password, person)

    with scope(organization=cast.theirs.organization):
        Membership.objects.create(
            user=person,
            organization=cast.theirs.organization,
            role=Role.VIEWER,
            chosen_at=None,
        )
    other = {"organization": str(cast.theirs.organization.pk)}
    switched = client.post(reverse("switch_organization"), other)
    theirs = client.get(reverse("result", args=[cast.theirs.submitted.pk]))

    refused = client.get(reverse("found"))
    offered = password.get(reverse("found"))

    assert "sign in with your password" in html_of(refused)
    assert "sign in with your password" in html_of(switched)
    # Where else they are signed in is not that provider's to see.
    here, all_of_them = (
        html_of(each.get(reverse("sign_in_security"))).count('name="session"')
        for each in (client, password)
    )
    assert here < all_of_them
    assert (switched.status_code, theirs.status_code) == (403, 404)
    assert (refused.status_code, offered.status_code) == (403, 200)


def test_who_signs_off_without_a_password_signs_in_at_the_provider_again(
    cast: Cast, ours: SignOnProvider, idp: OpenIdProvider
) -> None:
    reviewer = move(cast.ours.people[Role.REVIEWER], "ada@firm.example")
    reviewer.set_unusable_password()
    reviewer.save()
    idp.knows("ada", **ADA)
    client, page = Client(), reverse("review", args=[cast.ours.submitted.pk])
    come_in(client, ours, idp, "ada")
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 600
    session.save()
    again = start_of(ours, again="1", next=page).replace("&", "&amp;")

    asks = html_of(client.get(page))
    come_in(client, ours, idp, "ada", again="1", next=page)
    asks_no_more = html_of(client.get(page))

    assert again in asks
    assert again not in asks_no_more
    assert "Your password" not in asks_no_more


@pytest.mark.parametrize("has_left", [True, False])
def test_provider_confirms_its_own_matters_of_who_left_another_organization(
    cast: Cast, ours: SignOnProvider, idp: OpenIdProvider, *, has_left: bool
) -> None:
    person = move(cast.ours.people[Role.REVIEWER], "ada@firm.example")
    person.set_unusable_password()
    person.save()
    theirs, now = cast.theirs.organization, timezone.now()
    with scope(organization=theirs):
        Membership.objects.create(
            user=person,
            organization=theirs,
            role=Role.VIEWER,
            ended_at=now if has_left else None,
        )
    idp.knows("ada", **ADA)
    client, page = Client(), reverse("review", args=[cast.ours.submitted.pk])
    come_in(client, ours, idp, "ada")
    come_in(client, ours, idp, "ada", again="1", next=page)
    link = start_of(ours, again="1", next=page).replace("&", "&amp;")

    review = html_of(client.get(page))
    asks = client.get(reverse("add_app"))["Location"]
    told = html_of(client.get(asks))

    assert link not in review
    form = {"outcome": "approved", "words": "Read."}
    signed = html_of(client.post(page, form))
    assert ("Set a password first" in signed) is not has_left
    assert ("You once belonged to another organization." in told) is has_left
    assert ("You belong to another organization, too" in told) is not has_left
    assert "then confirm with it." in told
    assert (start_of(ours, again="1") in told) is has_left
