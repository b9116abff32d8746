"""Adds, changes and removes groups as a provider says who is in them."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from audits.models import DirectoryGroup, Organization, User
from audits.services.record import events
from audits.services.single_sign_on.directory_people import (
    Refused,
    people_of,
    settle,
)
from audits.services.single_sign_on.groups import MOST_GROUPS

_MOST_OF_AN_ID = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOfGroup:
    """What a provider says of a group; `people` are their ids."""

    name: str
    external_id: str
    people: Collection[UUID]


def provisioned_groups(organization: Organization) -> QuerySet[DirectoryGroup]:
    """Return the groups that the provider filled."""
    rows = DirectoryGroup.objects.filter(organization=organization)
    return rows.filter(is_provisioned=True).order_by("pk")


@transaction.atomic
def add_group(*, organization: Organization, said: SaidOfGroup) -> DirectoryGroup:
    """Add a group; a name that an administrator gave a role has that role.

    Raises:
        Refused: There is one of this name, or there are enough.
    """
    own = DirectoryGroup.objects.filter(organization=organization)
    group = own.filter(name=said.name).first()
    if group and group.is_provisioned:
        detail = "There is a group of this displayName."
        raise Refused("uniqueness", detail)
    if group is None:
        if own.count() >= MOST_GROUPS:
            detail = f"An organization has {MOST_GROUPS} groups at most."
            raise Refused("invalidValue", detail)
        group = DirectoryGroup(organization=organization, name=said.name)
    group.is_provisioned = True
    _store(group, said)
    _record(group, "group.provisioned")
    return group


@transaction.atomic
def change_group(*, group: DirectoryGroup, said: SaidOfGroup) -> None:
    """Store what the provider says of a group now; it acts on the next requests.

    An administrator gives a role to a name, so another name may have another role.

    Raises:
        Refused: There is one of this name.
    """
    if said.name != group.name:
        _rename(group, said.name)
    _store(group, said)


def _rename(group: DirectoryGroup, name: str) -> None:
    own = DirectoryGroup.objects.filter(organization=group.organization_id)
    other = own.filter(name=name).first()
    if other and other.is_provisioned:
        detail = "There is a group of this displayName."
        raise Refused("uniqueness", detail)
    role = other.role if other else ""
    if other:
        other.delete()
    if group.role:  # the name keeps its role, for when the provider has such a group
        DirectoryGroup.objects.filter(pk=group.pk).update(name=name)
        DirectoryGroup.objects.create(
            organization=group.organization, name=group.name, role=group.role
        )
    group.name, group.role = name, role


@transaction.atomic
def remove_group(*, group: DirectoryGroup) -> None:
    """Remove a group; a name that an administrator gave a role stays without people."""
    people = [*group.people.all()]
    _record(group, "group.unprovisioned")
    if group.role:
        group.people.clear()
        group.is_provisioned, group.external_id = False, ""
        group.save()
    else:
        group.delete()
    _settle(group.organization, people)


def _store(group: DirectoryGroup, said: SaidOfGroup) -> None:
    group.external_id = said.external_id[:_MOST_OF_AN_ID]
    group.save()
    before = {person.pk: person for person in group.people.all()}
    now = {
        person.pk: person
        for person in people_of(group.organization).filter(public_id__in=said.people)
    }
    if len(now) != len({*said.people}):
        detail = "A member is not in the directory of the organization."
        raise Refused("invalidValue", detail)
    group.people.set(now.values())
    # Also with the same people, whose role may be another under another name.
    _settle(group.organization, [*{**before, **now}.values()])


def _settle(organization: Organization, people: Collection[User]) -> None:
    for person in people:
        settle(organization, person)


def _record(group: DirectoryGroup, verb: str) -> None:
    events.record(
        organization=group.organization,
        actor=None,
        verb=verb,
        subject=str(group.public_id),
        name=group.name,
    )
