"""A provider over SCIM has no say about who works with another organization."""

from typing import Any

import pytest
from django.db import connection
from django_scopes import scope, scopes_disabled

from audits.identity.scim.schemas import USER
from audits.models import DirectoryGroup, Membership, ProviderAccount, Role, User
from audits.services.organizations.lost_factors import (
    NotTheirs,
    remove_factors_of_member,
)
from audits.services.organizations.members import (
    LastAdministrator,
    end_membership,
    take_back_ending,
)
from audits.services.privacy.closing import close_organization
from audits.services.single_sign_on.directory_people import Refused, settle
from audits.services.single_sign_on.memberships import give_role as set_role_by_groups
from tests.casting import Cast
from tests.sign_on.directories import Directory, directory_of, give_role, role_of
from tests.sign_on.providers import OpenIdProvider, set_up

pytestmark = pytest.mark.on_both


@pytest.fixture
def ours(cast: Cast, idp: OpenIdProvider) -> Directory:
    """The directory of our organization, which has firm.example."""
    set_up(cast.ours.organization, idp.issuer, "firm.example")
    return directory_of(cast.ours.organization)


def also_theirs(cast: Cast, person: User) -> None:
    with scope(organization=cast.theirs.organization):
        Membership.objects.create(
            user=person, organization=cast.theirs.organization, role=Role.VIEWER
        )


def test_who_works_elsewhere_is_neither_renamed_nor_readdressed_nor_listed(
    cast: Cast, ours: Directory
) -> None:
    person = ours.add("ada@firm.example", displayName="Ada")
    of = f"Users/{person['id']}"
    ada = User.objects.get(email="ada@firm.example")
    also_theirs(cast, ada)

    renamed = ours.patch(of, op="replace", path="displayName", value="Eve")
    moved = ours.patch(of, op="replace", path="userName", value="eve@firm.example")
    with scopes_disabled():
        Membership.objects.filter(organization=ours.organization, user=ada).delete()
    gone = ours.patch(of, op="replace", path="displayName", value="Eve")

    assert (renamed[0], moved[0], gone[0]) == (200, 400, 404)
    _, listed = ours.ask("GET", "Users")
    assert "ada@firm.example" not in str(listed)
    ada.refresh_from_db()
    assert (ada.email, ada.name) == ("ada@firm.example", "Ada")


def test_directory_adds_no_operator_nobody_twice_and_lets_in_who_is_active(
    ours: Directory,
) -> None:
    ours.add("ada@firm.example")
    ours.add("off@firm.example", active=False)
    told = [role_of(f"{name}@firm.example") for name in ("ada", "off")]
    assert told == [Role.VIEWER, None]
    User.objects.create_user("op@firm.example", None, name="Op", is_staff=True)
    User.objects.create_user("root@firm.example", None, name="Op", is_superuser=True)

    for name in ("ada", "op", "root"):
        body = {"schemas": [USER], "userName": f"{name}@firm.example"}
        status, _ = ours.ask("POST", "Users", body)
        assert status == 409, name


def test_who_can_come_back_elsewhere_is_not_theirs_to_change(
    cast: Cast, ours: Directory
) -> None:
    of = f"Users/{ours.add('ada@firm.example', displayName='Ada')['id']}"
    ada = User.objects.get(email="ada@firm.example")
    also_theirs(cast, ada)
    theirs = cast.theirs.organization
    with scope(organization=theirs):
        by = Membership.objects.get(user=cast.theirs.people[Role.ADMIN])
        end_membership(member=Membership.objects.get(user=ada), by=by)
    ended = ours.patch(of, op="replace", path="userName", value="eve@firm.example")
    with scope(organization=theirs):
        take_back_ending(member=Membership.ever.get(user=ada), by=by)
        close_organization(organization=theirs, by=by.user)

    closed = ours.patch(of, op="replace", path="userName", value="eve@firm.example")
    ours.patch(of, op="replace", path="displayName", value="Eve")

    assert (ended[0], closed[0]) == (400, 400)
    with scope(organization=ours.organization):
        admin = Membership.objects.get(user=cast.ours.people[Role.ADMIN])
        with pytest.raises(NotTheirs):
            remove_factors_of_member(member=Membership.objects.get(user=ada), by=admin)
    ada.refresh_from_db()
    assert (ada.email, ada.name) == ("ada@firm.example", "Ada")


def test_provider_takes_back_no_ending_of_an_administrator(
    cast: Cast, ours: Directory
) -> None:
    of = f"Users/{ours.add('ada@firm.example', displayName='Ada')['id']}"
    ours.patch(of, op="replace", path="active", value=False)
    with scope(organization=ours.organization):
        admin = Membership.objects.get(user=cast.ours.people[Role.ADMIN])
        member = Membership.ever.get(user__email="ada@firm.example")
        take_back_ending(member=member, by=admin)
        member.refresh_from_db()
        end_membership(member=member, by=admin)

    again = ours.patch(of, op="replace", path="active", value=True)

    assert again[0] == 400
    with scope(organization=ours.organization):
        assert not Membership.objects.filter(user__email="ada@firm.example").exists()


def test_who_joined_elsewhere_is_neither_added_nor_brought_back(
    cast: Cast, ours: Directory
) -> None:
    """A group that still has them may be given a role."""
    made = {each: ours.add(f"{each}@firm.example") for each in ("gone", "waits")}
    ours.patch(f"Users/{made['gone']['id']}", op="replace", path="active", value=False)
    waits, gone = (
        User.objects.get(email=f"{x}@firm.example") for x in ("waits", "gone")
    )
    with scope(organization=ours.organization):
        Membership.objects.filter(user=waits).delete()
        ProviderAccount.objects.filter(user=gone).update(is_active=True)
    for each in (waits, gone):
        also_theirs(cast, each)

    with scope(organization=ours.organization):
        settle(ours.organization, waits)
        with pytest.raises(Refused, match="belongs to another organization"):
            settle(ours.organization, gone)
        assert not Membership.objects.filter(user__in=(waits, gone)).exists()
        with scope(organization=cast.theirs.organization):
            Membership.objects.filter(user=gone).delete()
        give_role(ours, "Reviewers", Role.REVIEWER)
        DirectoryGroup.objects.get(name="Reviewers").people.add(gone)
        settle(ours.organization, gone)

    assert role_of("gone@firm.example") == Role.REVIEWER


def test_what_is_said_changes_no_name_by_an_address_and_no_operator(
    cast: Cast, ours: Directory
) -> None:
    of = f"Users/{ours.add('ada@firm.example')['id']}"
    ours.add("bo@firm.example")
    ada = User.objects.filter(email__in=("ada@firm.example", "eve@firm.example"))

    def moves(to: str) -> int:
        return ours.patch(of, op="replace", path="userName", value=to)[0]

    assert [moves(f"{to}@firm.example") for to in ("bo", "eve")] == [409, 200]
    for rights in ({"is_staff": True}, {"is_staff": False, "is_superuser": True}):
        ada.update(**rights)
        assert moves("ada@firm.example") == 400
    ada.update(is_superuser=False)
    status, _ = ours.patch(of, op="replace", path="externalId", value="7")

    assert status == 200
    assert [*ada.values_list("email", "name")] == [("eve@firm.example", "")]
    with scopes_disabled():
        Membership.objects.filter(user=ada.get()).delete()
        ProviderAccount.objects.filter(user=ada.get()).update(is_active=False)
    assert ours.patch(of, op="replace", path="externalId", value="8")[0] == 200


def test_directory_ends_again_whom_an_administrator_ended(
    cast: Cast, ours: Directory
) -> None:
    person = cast.ours.people[Role.VIEWER]
    with scope(organization=ours.organization):
        admin = Membership.objects.get(user=cast.ours.people[Role.ADMIN])
        end_membership(member=Membership.objects.get(user=person), by=admin)

    of = f"Users/{person.public_id}"
    status, said = ours.patch(of, op="replace", path="active", value=False)

    assert (status, said["active"]) == (200, False)


def test_of_two_administrators_who_are_demoted_at_once_one_stays(
    cast: Cast, ours: Directory
) -> None:
    """The provider demotes the other one while the first waits for the lock."""
    people = cast.ours.people[Role.ADMIN], cast.ours.people[Role.REVIEWER]
    demoted: list[int] = []

    def demote(execute: Any, sql: str, *rest: Any) -> Any:
        locks = 'FROM "audits_organization" WHERE "audits_organization"."id"' in sql
        if locks and not demoted:
            demoted.append(1)
            other.update(role=Role.VIEWER)
        return execute(sql, *rest)

    with scope(organization=ours.organization):
        Membership.objects.filter(user=people[1]).update(role=Role.ADMIN)
        first, other = (Membership.objects.filter(user=x) for x in people)
        with (
            connection.execute_wrapper(demote),
            pytest.raises(LastAdministrator),
        ):
            set_role_by_groups(member=first.get(), role=Role.VIEWER)

        assert (len(demoted), first.get().role) == (1, Role.ADMIN)
