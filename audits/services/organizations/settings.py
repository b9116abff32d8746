"""Changes the settings of an organization, and founds one."""

from collections.abc import Collection
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django_scopes import scope

from audits.access.members import may_found, membership_of
from audits.models import Membership, Organization, Role, Team, User
from audits.services.files.logos import keep_digest
from audits.services.organizations.new_members import store_new
from audits.services.people.back_office import (
    record_membership,
    record_organization,
    record_team,
)
from audits.services.use_cases.team_names import tidied

_MOST_OF_A_SLUG = 40


class BelongsAlready(Exception):  # noqa: N818 - the state they are in, not a fault
    """The person belongs to one more organization by now, so they found none."""


class MayNotFound(Exception):  # noqa: N818 - what they are, not a fault
    """The person may make no organization on this installation."""


@transaction.atomic
def change_settings(
    *, organization: Organization, by: User, changed: Collection[str]
) -> None:
    """Store some columns of an organization as they are now.

    Args:
        organization: With the new values, checked by the models.
        by: The administrator.
        changed: The names of the columns.
    """
    if not changed:
        return
    columns = [*changed]
    if "logo" in changed:
        keep_digest(organization)
        columns += ["logo_digest", "logo_checked_at"]
    organization.save(update_fields=columns)
    verb = "organization.changed"
    record_organization(
        organization=organization, by=by, verb=verb, changed=list(changed)
    )


@transaction.atomic
def found_organization(
    *, person: User, name: str, team: str, own: int = 0
) -> Membership:
    """Make an organization with a team, and the person its administrator.

    Args:
        person: Who founds it; the row is locked, so that a form makes one.
        name: The name of the organization.
        team: The name of its first team.
        own: How many organizations they belonged to when they were asked.

    Raises:
        BelongsAlready: They belong to another one by now.
        MayNotFound: They were deactivated in one, or nobody founds any here.
    """
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    member = membership_of(person)
    if (1 + len(member.others) if member else 0) != own:
        raise BelongsAlready
    if not may_found(person):
        raise MayNotFound
    organization = new_organization(name=name, by=person)
    with scope(organization=organization):
        first = Team.objects.create(organization=organization, name=tidied(team))
        record_team(team=first, by=person, verb="team.founded")
        member = store_new(
            Membership(
                user=person,
                organization=organization,
                role=Role.ADMIN,
                began_at=timezone.now(),
                chosen_at=timezone.now(),
            )
        )
        record_membership(membership=member, by=person, before=None, after=Role.ADMIN)
    return member


@transaction.atomic
def new_organization(*, name: str, by: User | None) -> Organization:
    """Make an organization, with a slug that no other one has.

    Args:
        name: Its name; two may have one.
        by: Who makes it; None for the operator.
    """
    slug = slugify(name)[:_MOST_OF_A_SLUG] or "organization"
    if Organization.objects.filter(slug=slug).exists():
        slug = f"{slug}-{uuid4().hex[:8]}"
    organization = Organization(name=name, slug=slug)
    organization.full_clean()
    organization.save(force_insert=True)
    record_organization(organization=organization, by=by, verb="organization.added")
    return organization
