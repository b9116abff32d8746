"""Keeps which role the groups of a provider give, and finds it for a person."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction

from audits.models import DirectoryGroup, Organization, Role, SignOnProvider, User
from audits.services.record import events

MOST_GROUPS = 500
_RIGHTS = [*Role.values]  # each includes those before it


def role_by_groups(
    organization: Organization, names: Collection[str], default: str
) -> str | None:
    """Return the role that a person's groups give them.

    None if no group has a role: then a role is what colleagues gave. Empty if none of
    theirs has one and there is no role for everybody else.
    """
    mapped = DirectoryGroup.objects.filter(organization=organization).exclude(role="")
    roles = dict(mapped.values_list("name", "role"))
    if not roles:
        return None
    own = [roles[name] for name in names if name in roles]
    return max(own, key=_RIGHTS.index, default=default)


def outside_groups(provider: SignOnProvider | None) -> str:
    """Return what becomes of people in no group with a role, as the end of a sentence.

    >>> outside_groups(SignOnProvider(default_role="viewer"))
    'gets the role “Viewer”'
    >>> outside_groups(None)
    'gets the role for them that is saved under 1, or loses access'
    """
    if provider is None:
        return "gets the role for them that is saved under 1, or loses access"
    if provider and provider.default_role:
        return f"gets the role “{provider.get_default_role_display()}”"
    return "loses access, except the last administrator"


def groups_of(organization: Organization, user: User) -> list[str]:
    """Return the names of the groups that the provider put a person in."""
    own = DirectoryGroup.objects.filter(organization=organization, people=user)
    return list(own.values_list("name", flat=True))


@transaction.atomic
def map_group(*, organization: Organization, by: User, name: str, role: str) -> None:
    """Give the people of a group a role; the group is made if there is none.

    Raises:
        ValidationError: There are enough groups.
    """
    own = DirectoryGroup.objects.filter(organization=organization)
    found = own.filter(name=name).first()
    if found is None and own.count() >= MOST_GROUPS:
        message = f"An organization has {MOST_GROUPS} groups at most"
        raise ValidationError(message)
    group = found or DirectoryGroup(organization=organization, name=name)
    before, group.role = group.role, role
    group.save()
    if before != role:
        _record(group, by, "group.mapped", before=before, after=role)


@transaction.atomic
def unmap_group(*, group: DirectoryGroup, by: User) -> None:
    """Let a group give no role; one that the provider did not fill goes."""
    _record(group, by, "group.unmapped", before=group.role)
    if group.is_provisioned:
        group.role = ""
        group.save(update_fields=["role"])
    else:
        group.delete()


def _record(group: DirectoryGroup, by: User | None, verb: str, **roles: str) -> None:
    events.record(
        organization=group.organization,
        actor=by,
        verb=verb,
        subject=str(group.public_id),
        name=group.name,
        **{name: role for name, role in roles.items() if role},
    )
