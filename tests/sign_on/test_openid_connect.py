"""Signing in by OpenID Connect, at a provider that the test starts."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope, scopes_disabled
from pytest_django import Settings

from audits.models import (
    DirectoryGroup,
    Event,
    Membership,
    ProviderAccount,
    Role,
    SignOnProvider,
    User,
)
from audits.services.privacy.closing import close_organization
from tests.casting import Cast
from tests.pages import html_of
from tests.sign_on.providers import (
    OpenIdProvider,
    come_in,
    move,
    path_of,
    set_up,
    start_of,
)
from tests.signed_in import sign_in

COOKIE = "__Host-sign-on"
on_both = pytest.mark.on_both
ADA = {"email": "ada@firm.example", "name": "Ada Byron", "email_verified": True}


def role_of(email: str) -> str | None:
    with scopes_disabled():
        own = Membership.objects.filter(user__email=email)
        return own.values_list("role", flat=True).first()


@on_both
def test_who_is_new_comes_in_by_the_domain_of_their_address(
    cast: Cast, ours: SignOnProvider, idp: OpenIdProvider
) -> None:
    idp.knows("ada", **ADA)
    client, page = Client(), reverse("portfolio")

    found = client.post(reverse("sign_on"), {"email": "Ada@Firm.Example", "next": page})
    response = come_in(client, ours, idp, "ada", next=page)
    inside = client.get(page)

    assert start_of(ours, next=page) in html_of(found)
    assert (response["Location"], inside.status_code) == (page, 200)
    person = User.objects.get(email="ada@firm.example")
    assert (person.name, person.has_usable_password()) == ("Ada Byron", False)
    assert role_of(person.email) == Role.VIEWER
    with scope(organization=cast.ours.organization):
        lines = Event.objects.filter(subject=str(person.pk)).order_by("number")
        assert [line.verb for line in lines] == [
            "membership.added",
            "person.linked",
            "person.signed_in",
        ]


def test_link_of_another_site_signs_nobody_in_without_a_click(
    ours: SignOnProvider,
) -> None:
    there, led, clicked = start_of(ours), Client(), Client()

    asked = led.get(there, headers={"Sec-Fetch-Site": "cross-site"})
    begun = clicked.get(there, headers={"Sec-Fetch-Site": "same-origin"})

    page = html_of(asked)
    assert (asked.status_code, begun.status_code) == (200, 302)
    assert f'href="{there}"' in page
    assert 'http-equiv="refresh"' not in page
    assert "__Host-sign-on" not in led.cookies
    assert [*clicked.cookies] == ["__Host-sign-on"]


def test_groups_give_a_role_at_each_sign_in_and_never_a_higher_one(
    cast: Cast, ours: SignOnProvider, idp: OpenIdProvider
) -> None:
    with scope(organization=cast.ours.organization):
        for name, role in (("Leads", Role.REVIEWER), ("Staff", Role.CONTRIBUTOR)):
            DirectoryGroup.objects.create(
                organization=cast.ours.organization, name=name, role=role
            )
    told = []

    for groups in (["Staff", "Leads", "Admins"], ["Staff"], ["Admins"], "Leads"):
        idp.knows("ada", **ADA, groups=groups)
        come_in(Client(), ours, idp, "ada")
        told.append(role_of("ada@firm.example"))

    assert told == [Role.REVIEWER, Role.CONTRIBUTOR, Role.VIEWER, Role.REVIEWER]


def test_who_has_no_role_is_not_let_in(cast: Cast, idp: OpenIdProvider) -> None:
    ours = set_up(cast.ours.organization, idp.issuer, "firm.example", default_role="")
    idp.knows("ada", **ADA)
    client = Client()

    response = come_in(client, ours, idp, "ada")

    assert response.status_code == 403
    assert "no role" in html_of(response)
    assert not User.objects.filter(email=ADA["email"]).exists()
    assert client.get(reverse("portfolio")).status_code == 302
    with scope(organization=cast.ours.organization):
        DirectoryGroup.objects.create(
            organization=cast.ours.organization, name="Leads", role=Role.REVIEWER
        )
    idp.knows("bo", email=move(cast.ours.contributor, "bo@firm.example").email)
    assert come_in(Client(), ours, idp, "bo").status_code == 403
    assert role_of("bo@firm.example") == Role.CONTRIBUTOR


def test_account_with_an_address_of_the_proved_domain_is_linked_once(
    cast: Cast, ours: SignOnProvider, idp: OpenIdProvider
) -> None:
    person = move(cast.ours.contributor, "ada@firm.example")
    idp.knows("ada", **ADA)
    idp.knows("newcomer", **ADA)

    linked = come_in(Client(), ours, idp, "ada")
    move(person, "byron@firm.example")
    known = come_in(Client(), ours, idp, "ada")
    move(person, "ada@firm.example")
    another = come_in(Client(), ours, idp, "newcomer")

    assert (linked.status_code, known.status_code) == (302, 302)
    assert another.status_code == 403
    with scopes_disabled():
        rows = ProviderAccount.objects.values_list("user", "subject")
        assert [*rows] == [(person.pk, "ada")]


OF_OTHERS = {
    "an address of another domain": ("ada@other.example", {}),
    "an address below the domain": ("ada@mail.firm.example", {}),
    "an address that was not checked": ("ada@firm.example", {"email_verified": False}),
    "no address": ("", {}),
    "two addresses": ("ada@evil.example@firm.example", {}),
}


@pytest.mark.parametrize("said", OF_OTHERS.values(), ids=OF_OTHERS)
def test_provider_speaks_for_no_address_but_of_its_proved_domain(
    cast: Cast,
    ours: SignOnProvider,
    idp: OpenIdProvider,
    said: tuple[str, dict[str, object]],
) -> None:
    email, more = said
    idp.knows("eve", name="Eve", **{"email": email, **more})

    response = come_in(Client(), ours, idp, "eve")

    assert response.status_code in (400, 403)
    assert not User.objects.filter(name="Eve").exists()


def test_provider_of_one_organization_opens_no_account_of_another(
    cast: Cast, ours: SignOnProvider, idp: OpenIdProvider
) -> None:
    """Neither by an address that it did not prove, nor by one that it did."""
    theirs = set_up(cast.theirs.organization, idp.issuer)
    mine = move(cast.ours.contributor, "ada@firm.example")
    stranger = move(cast.theirs.contributor, "bo@firm.example")
    idp.knows("ada", **ADA)
    idp.knows("bo", email=stranger.email)
    client = Client()

    by_theirs = come_in(client, theirs, idp, "ada")
    of_theirs = come_in(client, ours, idp, "bo")

    assert (by_theirs.status_code, of_theirs.status_code) == (403, 403)
    assert "another organization" in html_of(of_theirs)
    assert client.get(reverse("portfolio")).status_code == 302
    assert role_of(mine.email) == Role.CONTRIBUTOR


def test_provider_of_one_organization_opens_nothing_of_another_own_one(
    cast: Cast, ours: SignOnProvider, idp: OpenIdProvider
) -> None:
    person, theirs = (
        move(cast.ours.contributor, "ada@firm.example"),
        cast.theirs.organization,
    )
    with scope(organization=theirs):
        Membership.objects.create(
            user=person, organization=theirs, role=Role.ADMIN, chosen_at=timezone.now()
        )
    idp.knows("ada", **ADA)
    client, again, switch = Client(), Client(), reverse("switch_organization")

    came = come_in(client, ours, idp, "ada", next=reverse("portfolio"))
    own = html_of(client.get(came["Location"]))
    form = {"organization": str(theirs.pk), "next": reverse("members")}
    other = client.post(switch, form)
    sign_in(again, person)

    assert "Northgate handbook" in own
    assert other.status_code == 403
    assert "sign in with your password" in html_of(other)
    # Nor can they add a way in that would.
    client.post(switch, {"organization": str(cast.ours.organization.pk)})
    come_in(client, ours, idp, "ada", again="1")
    for name in ("add_app", "account_set_password"):
        assert "/sign-in/confirm/" in client.get(reverse(name))["Location"]
    assert again.get(again.post(switch, form)["Location"]).status_code == 200


def test_who_left_operators_and_closed_accounts_stay_out(
    cast: Cast, ours: SignOnProvider, idp: OpenIdProvider
) -> None:
    closed = move(cast.ours.people[Role.REVIEWER], "closed@firm.example")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    gone = move(cast.ours.people[Role.VIEWER], "gone@firm.example")
    with scopes_disabled():
        Membership.objects.filter(user=gone).update(ended_at=timezone.now())
    for kind in ("staff", "superuser"):
        User.objects.create_user(f"{kind}@firm.example", "x", **{f"is_{kind}": True})
    told = []

    for name in ("closed", "gone", "staff", "superuser"):
        idp.knows(name, email=f"{name}@firm.example")
        told.append(come_in(Client(), ours, idp, name).status_code)

    assert told == [403] * 4


def test_account_without_an_organization_joins_unless_the_provider_ended_it(
    cast: Cast, ours: SignOnProvider, idp: OpenIdProvider
) -> None:
    told = []

    for name in ("waits", "off"):
        person = User.objects.create_user(f"{name}@firm.example", None, name=name)
        if name == "off":
            organization = cast.ours.organization
            with scope(organization=organization):
                ProviderAccount.objects.create(
                    organization=organization, user=person, is_active=False
                )
        idp.knows(name, email=person.email)
        status = come_in(Client(), ours, idp, name).status_code
        told.append((status, role_of(person.email)))

    assert told == [(302, Role.VIEWER), (403, None)]


def test_domain_that_is_not_proved_leads_nowhere(
    cast: Cast, ours: SignOnProvider, idp: OpenIdProvider
) -> None:
    idp.knows("ada", **ADA)
    with scopes_disabled():
        cast.ours.organization.mail_domains.update(proved_at=None)

    found = Client().post(reverse("sign_on"), {"email": "ada@firm.example"})
    response = come_in(Client(), ours, idp, "ada")

    assert found.status_code == 422
    assert (response.status_code, role_of("ada@firm.example")) == (403, None)


def test_answer_counts_once_and_only_in_the_browser_that_asked(
    ours: SignOnProvider, idp: OpenIdProvider
) -> None:
    idp.knows("ada", **ADA)
    client, other = Client(), Client()
    back = path_of(idp.sign_in(client.get(start_of(ours))["Location"], "ada"))
    kept = client.cookies[COOKIE].value
    altered = back.replace("state=", "state=x")

    told = [
        other.get(back).status_code,  # a browser that an attacker sends there
        client.get(altered).status_code,
    ]
    client.cookies[COOKIE] = kept
    told.append(client.get(back).status_code)
    client.cookies[COOKIE] = kept
    client.post(reverse("account_logout"))
    client.cookies[COOKIE] = kept
    told.append(client.get(back).status_code)

    assert told == [400, 400, 302, 400]
    assert "_auth_user_id" not in other.session


def test_nothing_leads_to_another_site(
    ours: SignOnProvider, idp: OpenIdProvider
) -> None:
    idp.knows("ada", **ADA)

    for page in ("https://evil.example/", "//evil.example", "/\\evil.example", "//["):
        response = come_in(Client(), ours, idp, "ada", next=page)

        assert response["Location"] == reverse("use_cases"), page


def test_provider_that_cannot_be_asked_is_said_so(
    cast: Cast, idp: OpenIdProvider
) -> None:
    nowhere = set_up(cast.ours.organization, "https://localhost:1", "firm.example")

    response = Client().get(start_of(nowhere))

    assert response.status_code == 502
    assert "cannot be reached" in html_of(response)


def test_only_what_fails_at_a_provider_counts_and_only_for_its_address(
    cast: Cast, ours: SignOnProvider, idp: OpenIdProvider, settings: Settings
) -> None:
    settings.SIGN_ONS_FAILED_PER_HOUR = 3
    idp.knows("ada", **ADA)
    came = [come_in(Client(), ours, idp, "ada").status_code for _ in range(3)]
    client, elsewhere = Client(), Client(REMOTE_ADDR="203.0.113.9")

    def back() -> str:
        return path_of(idp.sign_in(client.get(start_of(ours))["Location"], "ada"))

    nowhere = set_up(cast.theirs.organization, "https://localhost:1", "other.example")
    down = [Client().get(start_of(nowhere)).status_code for _ in range(4)]
    refused_there = [
        client.get(back().replace("code=", "error=no&x=")).status_code for _ in range(4)
    ]
    other = Client()
    right = path_of(idp.sign_in(other.get(start_of(ours))["Location"], "ada"))
    failed = [
        client.get(back().replace("code=", "code=x")).status_code for _ in range(3)
    ]
    refused = other.get(right)

    assert (came, down) == ([302] * 3, [502, 502, 502, 429])
    assert (refused_there, failed) == ([400] * 4, [502] * 3)
    assert refused.status_code == 429
    assert b"3 sign-ins at one provider can fail an hour" in refused.content
    assert "_auth_user_id" not in other.session
    assert come_in(elsewhere, ours, idp, "ada").status_code == 302


def test_administrators_alone_come_into_a_closed_organization_and_open_it(
    cast: Cast, ours: SignOnProvider, idp: OpenIdProvider
) -> None:
    own, close = cast.ours.organization, reverse("close_organization")
    boss = move(cast.ours.people[Role.ADMIN], "boss@firm.example")
    move(cast.ours.contributor, "cy@firm.example")
    for name in ("boss", "cy", "new"):
        idp.knows(name, email=f"{name}@firm.example", email_verified=True)
    with scope(organization=own):
        close_organization(organization=own, by=boss)
    own.refresh_from_db()
    own.requires_single_sign_on = own.sign_on_has_factor = True
    own.save()
    client = Client()

    refused = [come_in(Client(), ours, idp, name).status_code for name in ("cy", "new")]
    come_in(client, ours, idp, "boss", next=close)
    page = client.get(close)
    come_in(client, ours, idp, "boss", next=close, again="1")
    client.post(close, {"open": "on"})

    own.refresh_from_db()
    assert (refused, page.status_code, own.closed_at) == ([403, 403], 200, None)
    assert not User.objects.filter(email="new@firm.example").exists()
