"""A provider adds, changes and removes people and groups over SCIM."""

import json
from uuid import uuid4

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope, scopes_disabled
from pytest_django import Settings

from audits.identity.scim.schemas import ERROR, GROUP, LIST, USER
from audits.models import (
    Event,
    Feed,
    Membership,
    Organization,
    ProvisioningToken,
    Role,
    Session,
    TeamRole,
    UseCase,
    User,
)
from tests.casting import Cast
from tests.pages import html_of
from tests.sign_on.directories import Directory, directory_of, give_role, role_of
from tests.sign_on.providers import OpenIdProvider, come_in, set_up
from tests.signed_in import let_prove, sign_in

on_both = pytest.mark.on_both


@pytest.fixture
def ours(cast: Cast, idp: OpenIdProvider) -> Directory:
    set_up(cast.ours.organization, idp.issuer, "firm.example")
    return directory_of(cast.ours.organization)


@on_both
def test_person_is_added_found_replaced_changed_and_removed(ours: Directory) -> None:
    made = ours.add(
        "Babs@Firm.Example",
        externalId="bjensen",
        name={"givenName": "Barbara", "familyName": "Jensen"},
    )
    address = f"Users/{made['id']}"

    by_name = ours.ask("GET", "Users", filter='userName eq "BABS@firm.example"')[1]
    by_id = ours.ask("GET", "Users", filter='externalId eq "bjensen"')[1]
    none = ours.ask("GET", "Users", filter='userName eq "x@firm.example"')[1]
    shown = ours.ask("GET", address)
    changed = ours.patch(address, op="replace", path="displayName", value="Babs")[1]
    whole = {"userName": "barbara@firm.example", "externalId": "b2", "active": True}
    replaced = ours.ask("PUT", address, whole)[1]
    removed = ours.ask("DELETE", address)
    after = ours.ask("GET", address)

    assert shown == (200, made)
    assert (made["userName"], made["displayName"]) == (
        "babs@firm.example",
        "Barbara Jensen",
    )
    assert made["meta"]["location"].endswith(
        f"/scim/v2/{ours.organization.pk}/{address}"
    )
    assert by_name["Resources"] == by_id["Resources"] == [made]
    assert (none["totalResults"], none["Resources"]) == (0, [])
    assert changed["displayName"] == "Babs"
    assert (replaced["userName"], replaced["externalId"], replaced["displayName"]) == (
        "barbara@firm.example",
        "b2",
        "Babs",
    )
    assert removed == (204, {})
    assert (after[0], after[1]["schemas"]) == (404, [ERROR])
    assert role_of("barbara@firm.example") is None
    person = User.objects.get(email="barbara@firm.example")
    with scope(organization=ours.organization):
        lines = Event.objects.filter(subject=str(person.pk)).order_by("number")
        assert [line.verb for line in lines] == [
            "person.provisioned",
            "membership.added",
            "person.readdressed",
            "membership.ended",
            "person.unprovisioned",
        ]
    assert ours.add("barbara@firm.example")["id"] == made["id"]
    assert role_of("barbara@firm.example") == Role.VIEWER


@on_both
def test_who_is_not_active_is_out_on_the_next_request(
    cast: Cast, ours: Directory, idp: OpenIdProvider
) -> None:
    made, client, page = ours.add("ada@firm.example"), Client(), reverse("portfolio")
    idp.knows("ada", email="ada@firm.example")
    with scope(organization=ours.organization):
        provider = ours.organization.sign_on_provider
    come_in(client, provider, idp, "ada")
    before, of = client.get(page).status_code, f"Users/{made['id']}"

    status, said = ours.patch(
        f"Users/{made['id']}", op="Replace", path="active", value="False"
    )
    after = client.get(page)

    assert (before, status, said["active"]) == (200, 200, False)
    assert after["Location"].startswith(reverse("account_login"))
    assert come_in(Client(), provider, idp, "ada").status_code == 403
    ours.patch(of, op="replace", value={"active": True})
    assert come_in(client, provider, idp, "ada").status_code == 302
    assert client.get(page).status_code == 200


def test_what_somebody_has_who_leaves_goes_to_an_administrator(
    cast: Cast, ours: Directory
) -> None:
    person, boss = cast.ours.contributor, cast.ours.people[Role.ADMIN]
    client = Client()
    sign_in(client, person)

    status, _ = ours.ask("DELETE", f"Users/{person.public_id}")

    assert status == 204
    with scope(organization=ours.organization):
        assert not UseCase.objects.filter(owner=person).exists()
        assert UseCase.objects.filter(owner=boss).exists()
        assert not Feed.objects.filter(user=person).exists()
    assert not Session.objects.filter(person=person).exists()


def test_roles_of_teams_end_with_the_membership_and_for_a_board_reader(
    cast: Cast, ours: Directory
) -> None:
    team, left = cast.ours.team, list[int]()
    give_role(ours, "Board", Role.BOARD)
    ada = ours.add("ada@firm.example")
    board, member = f"Groups/{ours.group('Board')['id']}", f"Users/{ada['id']}"

    def give_team_role() -> QuerySet[TeamRole]:
        with scope(organization=ours.organization):
            own = TeamRole.objects.filter(membership__user__email="ada@firm.example")
            TeamRole.objects.create(
                organization=ours.organization,
                membership=Membership.objects.get(user__email="ada@firm.example"),
                team=team,
                role=Role.ADMIN,
            )
            assert own.count() == 1
            return own

    own = give_team_role()
    for active in (False, True):
        ours.patch(member, op="replace", path="active", value=active)
        left.append(own.count())
    own = give_team_role()
    ours.patch(board, op="add", path="members", value=[{"value": ada["id"]}])
    left.append(own.count())

    assert left == [0, 0, 0]
    assert role_of("ada@firm.example") == Role.BOARD


def test_last_administrator_stays(cast: Cast, ours: Directory) -> None:
    boss = cast.ours.people[Role.ADMIN]

    ended = ours.patch(
        f"Users/{boss.public_id}", op="replace", path="active", value=False
    )
    removed = ours.ask("DELETE", f"Users/{boss.public_id}")

    assert (ended[0], ended[1]["scimType"], removed[0]) == (400, "mutability", 400)
    assert role_of(boss.email) == Role.ADMIN
    assert ours.ask("GET", f"Users/{boss.public_id}")[1]["active"] is True


@on_both
def test_groups_give_and_take_roles(cast: Cast, ours: Directory) -> None:
    give_role(ours, "Leads", Role.REVIEWER)
    ada, bo = ours.add("ada@firm.example"), ours.add("bo@firm.example")
    told = [role_of("ada@firm.example")]

    leads = ours.group("Leads", ada)
    address = f"Groups/{leads['id']}"
    told.append(role_of("ada@firm.example"))
    ours.patch(address, op="add", path="members", value=[{"value": bo["id"]}])
    ours.patch(address, op="remove", path=f'members[value eq "{ada["id"]}"]')
    told += [role_of("ada@firm.example"), role_of("bo@firm.example")]
    shown = ours.ask("GET", "Groups", filter='displayName eq "Leads"')[1]["Resources"]
    short = ours.ask("GET", address, excludedAttributes="members")[1]
    of_bo = ours.ask("GET", f"Users/{bo['id']}")[1]["groups"]
    ours.patch(address, op="replace", path="displayName", value="Admins")
    told.append(role_of("bo@firm.example"))
    ours.patch(address, op="replace", value={"displayName": "Leads"})
    told.append(role_of("bo@firm.example"))
    ours.ask("DELETE", address)
    told.append(role_of("bo@firm.example"))

    viewer, reviewer = Role.VIEWER, Role.REVIEWER
    assert told == [viewer, reviewer, viewer, reviewer, viewer, reviewer, viewer]
    assert [each["value"] for each in shown[0]["members"]] == [bo["id"]]
    assert "members" not in short
    assert [each["display"] for each in of_bo] == ["Leads"]
    assert ours.ask("GET", "Groups")[1]["totalResults"] == 0


def test_who_has_no_role_waits_for_one(cast: Cast, idp: OpenIdProvider) -> None:
    set_up(cast.ours.organization, idp.issuer, "firm.example", default_role="")
    ours = directory_of(cast.ours.organization)
    give_role(ours, "Leads", Role.REVIEWER)
    ada, told = ours.add("ada@firm.example"), [role_of("ada@firm.example")]

    group = ours.group("Leads", ada)
    told.append(role_of("ada@firm.example"))
    for members in ([], [{"value": ada["id"]}]):
        body = {"displayName": "Leads", "members": members}
        ours.ask("PUT", f"Groups/{group['id']}", body)
        told.append(role_of("ada@firm.example"))

    assert told == [None, Role.REVIEWER, None, Role.REVIEWER]
    assert ours.ask("GET", f"Users/{ada['id']}")[1]["active"] is True


def test_directory_is_of_one_organization(cast: Cast, ours: Directory) -> None:
    theirs = directory_of(cast.theirs.organization)
    person, stranger = cast.ours.contributor, cast.theirs.contributor
    group = f"Groups/{ours.group('Leads')['id']}"
    of, foreign = f"Users/{person.public_id}", str(stranger.public_id)
    with scopes_disabled():
        User.objects.filter(pk=stranger.pk).update(email="bo@firm.example")
    root = User.objects.create_superuser("root@firm.example", "secret", name="Root")
    wrong = Directory(cast.ours.organization, theirs.token)
    nowhere = Directory(Organization(pk=uuid4()), theirs.token)

    listed = json.dumps(ours.ask("GET", "Users", count="200")[1])
    told = [
        ours.ask("GET", f"Users/{stranger.public_id}")[0],
        ours.ask("DELETE", f"Users/{root.public_id}")[0],
        theirs.ask("GET", group)[0],
        ours.ask("POST", "Users", {"userName": "bo@firm.example"})[0],
        ours.ask("POST", "Users", {"userName": "root@firm.example"})[0],
        ours.ask("POST", "Users", {"userName": "eve@other.example"})[0],
        ours.patch(of, op="replace", path="userName", value="e@firm.example")[0],
        ours.patch(group, op="add", path="members", value=[{"value": foreign}])[0],
    ]

    assert told == [404, 404, 404, 409, 409, 400, 400, 400]
    assert "Zanzibar" not in listed
    assert wrong.ask("GET", "Users") == nowhere.ask("GET", "Users")
    other_kind = Directory(cast.ours.organization, ours.token, "Basic")
    assert wrong.ask("GET", "Users")[0] == other_kind.ask("GET", "Users")[0] == 401
    assert role_of("bo@firm.example") == Role.CONTRIBUTOR


def test_administrators_word_stands_against_the_providers(
    cast: Cast, ours: Directory
) -> None:
    person = cast.ours.people[Role.VIEWER]
    with scopes_disabled():
        Membership.objects.filter(user=person).update(ended_at=timezone.now())

    shown = ours.ask("GET", f"Users/{person.public_id}")[1]
    status, said = ours.patch(
        f"Users/{person.public_id}", op="replace", path="active", value=True
    )

    assert shown["active"] is False
    assert (status, said["scimType"]) == (400, "mutability")
    assert role_of(person.email) is None


BROKEN = {
    "no userName": ("POST", "Users", {}, 400, "invalidValue"),
    "no address": ("POST", "Users", {"userName": "babs"}, 400, "invalidValue"),
    "active in words": (
        *("POST", "Users", {"userName": "a@firm.example", "active": "perhaps"}),
        *(400, "invalidValue"),
    ),
    "a list": ("POST", "Users", [], 400, "invalidSyntax"),
    "a NUL": ("POST", "Users", {"userName": "a\0@firm.example"}, 400, "invalidSyntax"),
    "no name": ("POST", "Groups", {"displayName": ""}, 400, "invalidValue"),
    "no member": (
        *("POST", "Groups", {"displayName": "x", "members": [{"value": "y"}]}),
        *(400, "invalidValue"),
    ),
    "another filter": ("GET", 'Users?filter=name sw "x"', None, 400, "invalidFilter"),
    "no number": ("GET", "Users?startIndex=x", None, 400, "invalidValue"),
    "no address of ours": ("GET", "Me", None, 404, None),
    "another method": ("PUT", "Users", {}, 405, None),
}


def test_what_cannot_be_done_is_said_as_the_rfc_words_it(ours: Directory) -> None:
    for name, (method, path, body, status, kind) in BROKEN.items():
        told, said = ours.ask(method, path.replace(" ", "%20"), body)

        assert (told, said.get("scimType")) == (status, kind), name
        assert (said["schemas"], said["status"]) == ([ERROR], str(status)), name


def test_lists_come_in_pages(ours: Directory) -> None:
    total = ours.ask("GET", "Users")[1]["totalResults"]

    pages = [
        ours.ask("GET", "Users", startIndex=str(start), count="3")[1]
        for start in range(1, total + 1, 3)
    ]
    none = ours.ask("GET", "Users", count="0")[1]

    ids = [each["id"] for page in pages for each in page["Resources"]]
    assert len(ids) == len({*ids}) == total > 3
    assert pages[0]["itemsPerPage"] == 3
    assert pages[0]["schemas"] == [LIST]
    assert (none["totalResults"], none["Resources"]) == (total, [])


def test_provider_reads_what_can_be_done(ours: Directory) -> None:
    config = ours.ask("GET", "ServiceProviderConfig")[1]
    types = ours.ask("GET", "ResourceTypes")[1]["Resources"]
    schemas = ours.ask("GET", "Schemas")[1]["Resources"]

    assert config["patch"]["supported"] is config["filter"]["supported"] is True
    assert [each["endpoint"] for each in types] == ["/Users", "/Groups"]
    assert [each["id"] for each in schemas] == [USER, GROUP]
    assert ours.ask("GET", "ResourceTypes/User")[1] == types[0]
    assert ours.ask("GET", f"Schemas/{GROUP}")[1] == schemas[1]
    assert ours.ask("GET", "Schemas/none")[0] == 404


def test_token_is_shown_once_kept_as_a_digest_and_revoked(
    cast: Cast, settings: Settings
) -> None:
    client, person, page = (
        Client(),
        cast.ours.people[Role.ADMIN],
        reverse("single_sign_on"),
    )
    sign_in(client, person)
    let_prove(client, person)

    shown = html_of(client.post(page, {"do": "token"}))
    with scope(organization=cast.ours.organization):
        row = ProvisioningToken.objects.get()
    [token] = [
        word
        for word in shown.replace("<", " ").replace(">", " ").split()
        if ProvisioningToken.digest_of(word) == row.digest
    ]
    directory = Directory(cast.ours.organization, token)
    used = directory.ask("GET", "Users")[0]
    again = html_of(client.get(page))
    settings.PROVISIONING_PER_HOUR = 1
    often = directory.ask("GET", "Users")[0]
    asked = html_of(client.post(page, {"do": "revoke", "of": str(row.public_id)}))
    assert "All members of now stay." in asked
    assert directory.ask("GET", "Users")[0] == 429
    client.post(page, {"do": "revoke", "of": str(row.public_id), "sure": "on"})
    revoked = directory.ask("GET", "Users")[0]

    assert (used, often, revoked) == (200, 429, 401)
    assert token not in again
    assert "Last used on" in again
    with scope(organization=cast.ours.organization):
        lines = Event.objects.order_by("-number")[:2]
        assert [line.verb for line in lines] == ["token.revoked", "token.made"]
