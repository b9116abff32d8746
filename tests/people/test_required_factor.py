"""Where a second factor is required, who has none reaches the way to one alone."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from audits.models import Event, Role, Session, User
from audits.services.people.factors.factors import Factors
from tests.access.rows.row import SIGN_IN, ids_in
from tests.access.rows.rows import ROWS
from tests.casting import Cast
from tests.pages import html_of
from tests.people.factors import code_of, secret_shown, with_app
from tests.signed_in import let_prove, sign_in

FIRST, SWITCH = reverse("second_factor_first"), reverse("organization_sign_in")
APP = reverse("add_app")
HTML = {"Accept": "text/html"}
# What sets a second factor up, ends the session, or leads to another organization.
_WAY = {
    *("switch_organization", "accept_own_invitation"),
    *("second_factor_first", "sign_in_security", "add_app", "add_passkey"),
    *("sign_on_first",),
    *("remove_factor", "recovery_codes", "recovery_codes_file", "end_session"),
    *("account_reauthenticate", "account_change_password", "account_set_password"),
}


@pytest.fixture
def admin(cast: Cast) -> Client:
    client = Client()
    sign_in(client, cast.ours.people[Role.ADMIN])
    let_prove(client, cast.ours.people[Role.ADMIN])
    return client


def require(admin: Client, person: User) -> None:
    secret = with_app(person)
    assert secret
    admin.post(SWITCH, {"required": "on"})


def test_switch_says_what_holds_from_now_on(cast: Cast, admin: Client) -> None:
    with_app(cast.ours.people[Role.ADMIN])

    on = admin.post(SWITCH, {"required": "on"}, follow=True)
    asked = html_of(admin.post(SWITCH, {}))
    still = html_of(admin.get(SWITCH))
    off = admin.post(SWITCH, {"sure": "on"}, follow=True)

    assert "Members need a second factor from now on." in html_of(on)
    assert "4 members have none now." in asked
    assert "checked" in still
    assert "Members no longer need a second factor." in html_of(off)


def test_who_has_none_is_asked_before_it_is_required_of_them(
    cast: Cast, admin: Client
) -> None:
    organization = cast.ours.organization
    with scope(organization=organization):
        people = User.objects.filter(memberships__organization=organization)
        number = people.count() - 1
    page = html_of(admin.get(SWITCH))

    asked = html_of(admin.post(SWITCH, {"required": "on"}))
    organization.refresh_from_db()
    before = organization.requires_second_factor
    then = admin.post(SWITCH, {"required": "on", "sure": "on"})
    organization.refresh_from_db()

    assert "have no second factor now, and you are one of them." in page
    assert "every page of your organization stays closed to you" in asked
    assert f"The same holds for {number} others, who have none either." in asked
    assert f'href="{reverse("sign_in_security")}"' in asked
    assert (before, organization.requires_second_factor) == (False, True)
    assert admin.get(then["Location"], headers=HTML)["Location"] == FIRST


def test_who_had_to_set_one_up_first_goes_on_to_their_work_from_the_codes(
    cast: Cast, admin: Client
) -> None:
    """Who makes new codes later came from the settings, and goes back there."""
    admin.post(SWITCH, {"required": "on", "sure": "on"})
    codes, kept = reverse("recovery_codes"), "I have kept them"
    secret = secret_shown(html_of(admin.get(APP)))

    added = admin.post(APP, {"code": code_of(secret)})
    first = html_of(admin.get(added["Location"]))
    admin.post(codes)
    later = html_of(admin.get(codes))

    assert re.findall(f'href="([^"]+)">{kept}', first) == [reverse("home")]
    assert re.findall(f'href="([^"]+)">{kept}', later) == [reverse("sign_in_security")]


def test_no_page_of_members_is_reached_without_the_required_factor(
    cast: Cast, admin: Client
) -> None:
    feed = cast.ours.feed
    require(admin, cast.ours.people[Role.ADMIN])
    client, asked = Client(raise_request_exception=False), 0
    sign_in(client, cast.ours.people[Role.CONTRIBUTOR])
    let_prove(client, cast.ours.people[Role.CONTRIBUTOR])

    for row in ROWS:
        name, kwargs = row.url
        if row.outcomes[0] != SIGN_IN or name in _WAY:
            continue
        url = reverse(name, kwargs=ids_in(cast.ours, kwargs))
        send = client.get if row.method == "GET" else client.post
        asked += 1
        page, line = send(url, headers=HTML), send(url)
        in_place = send(url, headers={"HX-Request": "true"})

        assert (page.status_code, page.get("Location")) == (302, FIRST), name
        assert line.status_code == 403, name
        assert line.content.startswith(b"Your organization requires a second factor")
        assert in_place.get("HX-Redirect") == FIRST, name

    assert asked > 100
    said = html_of(client.get(FIRST))
    assert "Set up a second factor first" in said
    assert reverse("add_app") in said
    key = feed.public_id
    assert client.get(f"/calendars/{key}.ics").status_code != 403
    with_app(cast.ours.people[Role.CONTRIBUTOR])
    assert client.get(reverse("portfolio")).status_code == 200
    assert client.get(FIRST)["Location"] == reverse("use_cases")


def test_administrator_requires_it_and_the_record_says_so(
    cast: Cast, admin: Client
) -> None:
    require(admin, cast.ours.people[Role.ADMIN])
    page = html_of(admin.get(SWITCH))
    admin.post(SWITCH, {"required": "on"})
    admin.post(SWITCH, {"sure": "on"})

    assert "4 members of your organization have no second factor now" in page
    with scopes_disabled():
        told = Event.objects.filter(verb__startswith="organization.factor_")
        assert [line.verb for line in told] == [
            "organization.factor_required",
            "organization.factor_not_required",
        ]
    cast.ours.organization.refresh_from_db()
    assert not cast.ours.organization.requires_second_factor


def test_back_office_asks_again_and_stays_open_while_it_is_used(cast: Cast) -> None:
    root = User.objects.create_superuser("root@example.org", "secret", name="Root")
    client, index = Client(), reverse("admin:index")
    client.force_login(root)

    away = client.get(client.get(index)["Location"])["Location"]
    asked = client.post(away.partition("?")[0], {"next": index, "password": "secret"})
    inside = client.get(index)
    session = client.session
    session["account_authentication_methods"] = []
    session.save()

    assert away.startswith(reverse("account_reauthenticate"))
    assert asked["Location"] == index
    assert inside.status_code == client.get(index).status_code == 200
    session = client.session
    session["back_office_at"] -= 16 * 60
    session.save()
    assert client.get(index).status_code == 302
    one = reverse("admin:audits_user_change", args=[root.pk])
    form = {"email": root.email, "name": "Renamed", "is_active": "on"}
    client.post(one, {**form, "is_staff": "on", "is_superuser": "on"})
    root.refresh_from_db()
    assert root.name == "Renamed"


def test_operator_without_the_factor_their_organization_requires_sets_it_up_first(
    cast: Cast,
) -> None:
    client, index, person = Client(), reverse("admin:index"), cast.ours.contributor
    User.objects.filter(pk=person.pk).update(is_staff=True, is_superuser=True)
    sign_in(client, person)
    let_prove(client, person)
    before = client.get(index).status_code
    organization = cast.ours.organization
    organization.requires_second_factor = True
    organization.save()

    away = client.get(index)

    assert (before, away.status_code) == (200, 302)
    assert client.get(away["Location"])["Location"] == FIRST


def test_operator_lets_in_who_lost_every_second_factor(cast: Cast) -> None:
    root = User.objects.create_superuser("root@example.org", "secret", name="Root")
    client, lost = Client(), cast.ours.contributor
    with_app(lost)
    sign_in(Client(), lost)
    client.force_login(root)
    let_prove(client, root)
    action = {"action": "remove_factors", "_selected_action": lost.pk}

    client.post(reverse("admin:audits_user_changelist"), action)

    assert not Factors.of(lost).is_there
    assert not Session.objects.filter(person=lost).exists()
    with scopes_disabled():
        line = Event.objects.get(verb="person.factor_removed")
    assert (line.subject, line.actor_id) == (str(lost.pk), root.pk)
