"""Records what operators change in the back office; ids and roles, never names."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django_scopes import scope

from audits.models import Membership, Organization, RecordCheck, Team, User
from audits.services.people.sessions import end_sessions
from audits.services.people.sign_ins import record_of_person
from audits.services.record import events

MEMBERSHIP_REMOVED = "membership.removed"


@transaction.atomic
def record_membership(
    *,
    membership: Membership,
    by: User,
    before: str | None,
    after: str | None,
    got: Sequence[Mapping[str, int]] = (),
) -> None:
    """Record that a person got a role, changed it, or lost it, which signs them out.

    Args:
        membership: Whose.
        by: The operator.
        before: The role until now; None for a new member.
        after: The role from now on; None if the membership is removed.
        got: Who got how many of what that the person had.
    """
    if before == after:
        return
    verb = "changed" if before and after else "added" if after else "removed"
    roles = {"before": before, "after": after}
    events.record(
        organization=membership.organization,
        actor=by,
        verb=f"membership.{verb}",
        subject=str(membership.user_id),
        **{name: role for name, role in roles.items() if role},
        **({"got": [*got]} if got else {}),
    )
    if after is None:
        end_sessions(user=membership.user, by=by)


def record_person(*, person: User, by: User, changed: Sequence[str]) -> None:
    """Record in each of a person's organizations that an operator changed them.

    Somebody who was made inactive is signed out everywhere. For a name or an address
    only the fact of the change; for rights the new values.
    """
    rights = [name for name in ("is_staff", "is_superuser") if name in changed]
    if "is_active" in changed:
        verb = "person.activated" if person.is_active else "person.deactivated"
        record_of_person(person=person, by=by, verb=verb)
        if not person.is_active:
            end_sessions(user=person, by=by)
    if rest := sorted(set(changed) - {"is_active"}):
        now = {name: getattr(person, name) for name in rights}
        record_of_person(
            person=person, by=by, verb="person.changed", fields=rest, **now
        )


def record_organization(
    *,
    organization: Organization,
    by: User | None,
    verb: str,
    changed: Sequence[str] = (),
) -> None:
    """Record that an operator added an organization or changed its settings."""
    with scope(organization=organization), transaction.atomic():
        events.record(
            organization=organization,
            actor=by,
            verb=verb,
            subject=str(organization.pk),
            **({"fields": sorted(changed)} if changed else {}),
        )


@transaction.atomic
def record_team(*, team: Team, by: User, verb: str) -> None:
    """Record that an operator added, renamed or removed a team."""
    events.record(
        organization=team.organization, actor=by, verb=verb, subject=str(team.pk)
    )


@transaction.atomic
def settle_record(*, check: RecordCheck, by: User) -> None:
    """Reset the check of a record and its findings, and record who did so.

    The next check begins with line 1.
    """
    events.record(
        organization=check.organization,
        actor=by,
        verb="record.settled",
        subject=str(check.organization_id),
        broken=check.broken_number,
    )
    check.delete()
