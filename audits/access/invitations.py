"""Invitations, which people open by a secret in their link."""

from uuid import UUID

from django_scopes import scopes_disabled

from audits.access.members import require_administrator
from audits.access.owned import owned
from audits.models import Invitation, Membership


def invitation_for_managing(member: Membership, invitation_id: UUID) -> Invitation:
    """Return an invitation to an administrator's organization; 404, or 403."""
    found = Invitation.objects.filter(public_id=invitation_id).first()
    invitation = owned(member, found, "invitation")
    require_administrator(member)
    return invitation


def invitation_by_secret(secret: str) -> Invitation | None:
    """Return the invitation that a link opens, whatever became of it; None if none.

    Who opens it need not be signed in, so no scope is open yet.
    """
    with scopes_disabled():
        rows = Invitation.objects.select_related("organization", "by")
        found: Invitation | None = rows.filter(
            digest=Invitation.digest_of(secret)
        ).first()
    return found
