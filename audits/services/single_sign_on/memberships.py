"""Changes and ends memberships as a provider says, without an administrator."""

from django.db import transaction
from django.utils import timezone

from audits.models import (
    CONTRIBUTORS,
    Feed,
    Membership,
    Organization,
    Role,
    User,
)
from audits.services.organizations.handing_over import Heirs, hand_over
from audits.services.organizations.members import (
    LastAdministrator,
    heirs_of,
    held_by,
    is_last_administrator,
)
from audits.services.organizations.new_members import store_new
from audits.services.people.sessions import end_sessions
from audits.services.record import events


@transaction.atomic
def give_role(*, member: Membership, role: Role) -> None:
    """Give a member the role that their groups give; a board reader has none of a team.

    The last administrator stays one: an organization has one at any time.

    Raises:
        LastAdministrator: The other ones were demoted just now; try again.
    """
    if member.role == role or is_last_administrator(member):
        return
    told = [] if role in CONTRIBUTORS else _handed_over(member)
    _lock(member)
    if is_last_administrator(member):
        raise LastAdministrator
    before, member.role = member.role, role
    member.save(update_fields=["role"])
    if role == Role.BOARD:
        member.roles.all().delete()
    told.append(_entry(member, "membership.changed", before=before, after=role))
    _record(member, told)


@transaction.atomic
def end_by_provider(*, member: Membership) -> None:
    """Let a person in no more; what they have goes to the first administrator.

    It ends their sessions, calendars and roles of teams at once.

    Raises:
        LastAdministrator: Nobody else looks after the organization.
    """
    told = _handed_over(member)
    _lock(member)
    if is_last_administrator(member):
        raise LastAdministrator
    member.ended_at = timezone.now()
    member.save(update_fields=["ended_at"])
    member.roles.all().delete()
    feeds = Feed.objects.filter(user=member.user_id)
    told += [events.Entry(verb="feed.removed", subject=str(f.pk)) for f in feeds]
    feeds.delete()
    end_sessions(user=member.user, by=None)
    told.append(_entry(member, "membership.ended", before=member.role))
    _record(member, told)


@transaction.atomic
def resume_by_provider(*, member: Membership) -> None:
    """Let a person in again whom the provider, or a colleague, let in no more."""
    _lock(member)
    member.ended_at = None
    member.save(update_fields=["ended_at"])
    _record(member, [_entry(member, "membership.resumed", after=member.role)])


@transaction.atomic
def add_member(*, organization: Organization, user: User, role: Role) -> Membership:
    """Make a member of a person whom the provider says to be one."""
    made = store_new(Membership(organization=organization, user=user, role=role))
    _record(made, [_entry(made, "membership.added", after=role)])
    return made


def _handed_over(member: Membership) -> list[events.Entry]:
    """Give what a member has to an administrator, the one of the longest standing."""
    if not held_by(member):
        return []
    by_standing = heirs_of(member).order_by("began_at", "pk")
    heir = by_standing.filter(role=Role.ADMIN).first() or by_standing.first()
    if heir is None:
        return []
    return hand_over(member=member, to=Heirs(heir.user), by=member.user)


def _lock(member: Membership) -> None:
    Organization.objects.select_for_update(no_key=True).get(pk=member.organization_id)


def _entry(member: Membership, verb: str, **roles: str) -> events.Entry:
    details = {"how": "provider", **roles}
    return events.Entry(verb=verb, subject=str(member.user_id), details=details)


def _record(member: Membership, told: list[events.Entry]) -> None:
    events.record_all(organization=member.organization, actor=None, entries=told)
