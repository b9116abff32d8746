"""Invites people by their email address, and makes them members.

The record names no address: its lines are about the public id of the invitation.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audits.models import Invitation, Membership, Organization, Role, User
from audits.models.joining.invitations import LASTS, InvitationState
from audits.services.organizations.invitation_mails import mail_invitation
from audits.services.organizations.invitation_secrets import locked
from audits.services.organizations.new_members import store_new
from audits.services.record import events


class NotOpen(Exception):  # noqa: N818 - the state it is in, not a fault
    """The invitation cannot be accepted any more; `state` says why."""

    def __init__(self, state: InvitationState) -> None:
        super().__init__(state)
        self.state = state


class HasAccount(Exception):  # noqa: N818 - the state they are in, not a fault
    """The person has an account, so no other one is made."""


@transaction.atomic
def invite(
    *, organization: Organization, by: User | None, email: str, role: Role
) -> Invitation:
    """Invite an address, and email it a link; an open invitation of it is renewed.

    Args:
        organization: Where to.
        by: The administrator; None for the operator, who emails nobody.
        email: The address; whether it has an account is not looked up.
        role: What the person may do.

    Raises:
        ValidationError: It is the address of a member.
    """
    email = email.lower()
    _lock(organization)
    member = Membership.objects.filter(organization=organization, user__email=email)
    if member.exists():
        message = f"{email} is a member already"
        raise ValidationError(message, code="member")
    open_ones = Invitation.objects.unanswered().filter(organization=organization)
    known: Invitation | None = open_ones.filter(email=email).first()
    found = known or Invitation(organization=organization, email=email)
    found.role, found.by = role, by
    _renewed(found)
    verb = "invitation.renewed" if known else "invitation.sent"
    _record(found, by, verb, role=role)
    if by is not None:
        mail_invitation.enqueue(str(organization.pk), found.pk)
    return found


@transaction.atomic
def renew_invitation(*, invitation: Invitation, by: User) -> None:
    """Send a new link, which works for the whole time again; the old one is dead.

    Raises:
        NotOpen: It was accepted or withdrawn.
    """
    invitation = _locked_with_record(invitation)
    if invitation.state in {"accepted", "withdrawn"}:
        raise NotOpen(invitation.state)
    invitation.by = by
    _renewed(invitation)
    _record(invitation, by, "invitation.renewed", role=invitation.role)
    mail_invitation.enqueue(str(invitation.organization_id), invitation.pk)


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User) -> None:
    """Let a link open nothing; what was accepted stays.

    Raises:
        NotOpen: It was accepted, or withdrawn before.
    """
    invitation = _locked_with_record(invitation)
    if invitation.state in {"accepted", "withdrawn"}:
        raise NotOpen(invitation.state)
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    _record(invitation, by, "invitation.withdrawn")


@transaction.atomic
def accept_as_new(*, invitation: Invitation, name: str, password: str) -> User:
    """Make an account of the invited address, and a member of the person.

    Args:
        invitation: The invitation; its row is read again and locked.
        name: What colleagues call the person.
        password: Their password, checked already.

    Raises:
        NotOpen: Somebody accepted it first, or it ended.
        HasAccount: The address has an account.
    """
    invitation = _accepted(invitation)
    if User.objects.filter(email=invitation.email).exists():
        raise HasAccount
    person = User.objects.create_user(invitation.email, password, name=name)
    _join(invitation, person)
    return person


@transaction.atomic
def accept_as(*, invitation: Invitation, person: User) -> None:
    """Make a member of the person who has the invited address.

    They work with that organization from then on, until they choose another.

    Raises:
        NotOpen: Somebody accepted it first, or it ended.
    """
    _join(_accepted(invitation), person)


def _accepted(invitation: Invitation) -> Invitation:
    """Lock an invitation, and make sure that it can be accepted."""
    invitation = _locked_with_record(invitation)
    if invitation.state != "open":
        raise NotOpen(invitation.state)
    return invitation


def _join(invitation: Invitation, person: User) -> None:
    """Make a member of a person, whose row is locked and read again."""
    person.refresh_from_db(from_queryset=User.objects.select_for_update(no_key=True))
    if invitation.email != person.email:
        raise NotOpen(invitation.state)
    organization = invitation.organization
    known = Membership.ever.filter(user=person, organization=organization).first()
    was = known.role if known and not known.ended_at else None
    now = timezone.now()
    if known is None:
        own = {"user": person, "organization": organization, "role": invitation.role}
        store_new(Membership(**own, began_at=now, chosen_at=now))
    elif was is None:
        known.role, known.began_at, known.chosen_at = invitation.role, now, now
        known.ended_at = None
        known.save()
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    _record(invitation, person, "invitation.accepted")
    if was is None:
        events.record(
            organization=organization,
            actor=person,
            verb="membership.added",
            subject=str(person.pk),
            after=invitation.role,
        )


def _renewed(invitation: Invitation) -> None:
    invitation.at = timezone.now()
    invitation.expires_at = invitation.at + LASTS
    invitation.digest, invitation.mail_failed = "", False
    invitation.save()


def _locked_with_record(invitation: Invitation) -> Invitation:
    """Lock an organization and one of its invitations, always in this order."""
    _lock(invitation.organization)
    return locked(invitation)


def _lock(organization: Organization) -> None:
    """Let nobody else change its members or invitations meanwhile."""
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)


def _record(invitation: Invitation, by: User | None, verb: str, **details: str) -> None:
    events.record(
        organization=invitation.organization,
        actor=by,
        verb=verb,
        subject=str(invitation.public_id),
        **details,
    )
