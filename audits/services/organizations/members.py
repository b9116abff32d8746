"""Changes what members may do, and ends memberships with all that hangs on them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from audits.models import (
    CONTRIBUTORS,
    AnswerRequest,
    Feed,
    Membership,
    Organization,
    ProviderAccount,
    Role,
    SignOffCondition,
    Team,
    TeamRole,
    UseCase,
    User,
)
from audits.services.organizations.handing_over import Heirs, hand_over, shared_out
from audits.services.people.back_office import record_membership
from audits.services.people.sessions import end_sessions
from audits.services.record import events


class OwnMembership(Exception):  # noqa: N818 - what it is, not a fault
    """Nobody changes their own role, or ends their own membership."""


class LastAdministrator(Exception):  # noqa: N818 - what they are, not a fault
    """An organization has an administrator at any time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What somebody else gets when a member leaves."""

    use_cases: int
    requests: int
    conditions: int

    def __bool__(self) -> bool:
        return bool(self.use_cases or self.requests or self.conditions)


def held_by(member: Membership) -> Held:
    """Return how much is in the hands of a member."""
    person = member.user_id
    return Held(
        use_cases=UseCase.objects.filter(owner=person).count(),
        requests=AnswerRequest.objects.open().filter(of=person).count(),
        conditions=SignOffCondition.objects.asked_of(person).count(),
    )


@transaction.atomic
def change_role(
    *, member: Membership, by: Membership, role: Role, heir: User | None = None
) -> list[dict[str, int]]:
    """Give a member another role, which holds from their next request on.

    Who may answer no more hands over what they have; a board reader's roles of single
    teams end.

    Args:
        member: The member; the row is read again and locked.
        by: The administrator.
        role: The role from now on.
        heir: Who gets what a member has who becomes a viewer.

    Raises:
        OwnMembership: It is their own role.
        LastAdministrator: Nobody else looks after the organization.
        ValidationError: There is something to hand over, and the heir may not have it.
    """
    _require_may_change(member, by)
    told = [] if role in CONTRIBUTORS else _handed_over(member, by, heir)
    member = _locked(member, by)
    before = member.role
    member.role = role
    member.save(update_fields=["role"])
    got = shared_out(told)
    if role == Role.BOARD:
        told += _team_roles_ended(member)
    events.record_all(organization=member.organization, actor=by.user, entries=told)
    record_membership(membership=member, by=by.user, before=before, after=role, got=got)
    return got


@transaction.atomic
def end_membership(
    *,
    member: Membership,
    by: Membership,
    heir: User | None = None,
    of_teams: Mapping[int, User] | None = None,
) -> list[dict[str, int]]:
    """Let a person in no more, and hand over what they have; their name stays.

    It ends their sessions, calendars and roles of single teams at once. Each thing that
    is handed over leaves its own event. Return who got how many of what, as the record.

    Args:
        member: The member; the row is read again and locked.
        by: The administrator.
        heir: Who gets the use cases, the requests and the conditions.
        of_teams: Who else gets those of some teams, by the key of the team.

    Raises:
        OwnMembership: It is their own.
        LastAdministrator: Nobody else looks after the organization.
        ValidationError: There is something to hand over, and the heir may not have it.
    """
    _require_may_change(member, by)
    told = _handed_over(member, by, heir, of_teams)
    member = _locked(member, by)
    member.ended_at = timezone.now()
    member.save(update_fields=["ended_at"])
    got = shared_out(told)
    told += _team_roles_ended(member)
    _forget_ending(member)
    feeds = Feed.objects.filter(user=member.user_id)
    told += [events.Entry(verb="feed.removed", subject=str(f.pk)) for f in feeds]
    feeds.delete()
    end_sessions(user=member.user, by=by.user)
    details = {"before": member.role, **({"got": got} if got else {})}
    told.append(
        events.Entry(
            verb="membership.ended", subject=str(member.user_id), details=details
        )
    )
    events.record_all(organization=member.organization, actor=by.user, entries=told)
    return got


def _team_roles_ended(member: Membership) -> list[events.Entry]:
    """End the roles of single teams; return a line for each."""
    ended = member.roles.select_related("team").order_by("team__name")
    told = [
        events.Entry(
            verb="membership.team_role",
            subject=str(member.user_id),
            details={"before": each.role, "team": each.team.name},
        )
        for each in ended
    ]
    member.roles.all().delete()
    return told


@transaction.atomic
def set_team_role(
    *, member: Membership, by: Membership, team: Team, role: Role | None
) -> None:
    """Give a member a role for one team, from their next request on; None: no more.

    Args:
        member: The member; the row is read again and locked.
        by: The administrator.
        team: The team, of the same organization.
        role: A role from contributor on; the stronger of it and their own one holds.

    Raises:
        OwnMembership: It is their own.
        LastAdministrator: Who changes it may not any more.
        ValidationError: They were deactivated, are a board reader, or the role is none.
    """
    member = _locked(member, by)
    is_one = role is None or role in CONTRIBUTORS
    if member.ended_at or not member.sees_all or not is_one:
        message = "A role of a team is for members who see the whole organization"
        raise ValidationError(message)
    known = TeamRole.objects.filter(membership=member, team=team).first()
    before = known.role if known else ""
    if before == (role or ""):
        return
    if role is None:
        TeamRole.objects.filter(membership=member, team=team).delete()
    else:
        TeamRole.objects.update_or_create(
            membership=member,
            team=team,
            defaults={"role": role, "organization": member.organization},
        )
    told = {"before": before, "after": role or ""}
    events.record(
        organization=member.organization,
        actor=by.user,
        verb="membership.team_role",
        subject=str(member.user_id),
        team=team.name,
        **{name: value for name, value in told.items() if value},
    )


def _handed_over(
    member: Membership,
    by: Membership,
    heir: User | None,
    of_teams: Mapping[int, User] | None = None,
) -> list[events.Entry]:
    every = (heir, *(of_teams or {}).values())
    if held_by(member) and not all(may_inherit(member, each) for each in every):
        message = "Choose a colleague who may answer questions"
        raise ValidationError({"heir": message})
    if heir is None:
        return []
    heirs = Heirs(heir, of_teams or {})
    return hand_over(member=member, to=heirs, by=by.user)


@transaction.atomic
def take_back_ending(*, member: Membership, by: Membership) -> None:
    """Let a person in again, in the role they had; what was handed over stays.

    Who works with another organization goes on with that one, until they choose.

    Raises:
        OwnMembership: It is their own.
    """
    member = _locked(member, by)
    if member.ended_at is None:
        return
    member.ended_at = member.chosen_at = None
    member.save(update_fields=["ended_at", "chosen_at"])
    _forget_ending(member)
    events.record(
        organization=member.organization,
        actor=by.user,
        verb="membership.resumed",
        subject=str(member.user_id),
        after=member.role,
    )


def _forget_ending(member: Membership) -> None:
    """Let a provider take back no membership that an administrator decided about."""
    own = ProviderAccount.objects.filter(organization=member.organization)
    own.filter(user=member.user_id).update(is_ended=False)


def may_inherit(member: Membership, heir: User | None) -> bool:
    """Return whether a colleague can take over from a member: who may answer."""
    return heirs_of(member).filter(user=heir).exists()


def heirs_of(member: Membership) -> QuerySet[Membership]:
    """Return who can take over from a member, by name."""
    others = Membership.objects.filter(
        organization=member.organization_id,
        role__in=CONTRIBUTORS,
        user__is_active=True,
    )
    return others.exclude(pk=member.pk).select_related("user").order_by("user__name")


def is_last_administrator(member: Membership) -> bool:
    """Return whether nobody else can look after the organization."""
    others = Membership.objects.filter(
        organization=member.organization_id, role=Role.ADMIN, user__is_active=True
    )
    is_one = member.role == Role.ADMIN and member.ended_at is None
    return is_one and not others.exclude(pk=member.pk).exists()


def _locked(member: Membership, by: Membership) -> Membership:
    """Lock the members of an organization, and make sure who changes one still may."""
    Organization.objects.select_for_update(no_key=True).get(pk=member.organization_id)
    _require_may_change(member, by)
    rows = Membership.ever.select_related("user", "organization")
    found: Membership = rows.get(pk=member.pk)
    return found


def _require_may_change(member: Membership, by: Membership) -> None:
    """Make sure that who changes a member stays behind as an administrator."""
    if member.user_id == by.user_id:
        raise OwnMembership
    own = Membership.objects.filter(pk=by.pk, role=Role.ADMIN, user__is_active=True)
    if not own.exists():
        raise LastAdministrator  # a colleague demoted them just now
