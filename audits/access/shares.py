"""What was shared: of reviewers who share, of board readers, and behind links."""

from uuid import UUID

from django.http import Http404
from django_scopes import scopes_disabled

from audits.access.members import require_reviewer
from audits.access.owned import owned
from audits.models import Membership, Share


def share_for_ending(member: Membership, share_id: UUID) -> Share:
    """Return what was shared in a reviewer's organization; 404, or 403."""
    found = Share.objects.with_file().filter(public_id=share_id).first()
    share = owned(member, found, "share")
    require_reviewer(member)
    return share


def share_for_reading(member: Membership, share_id: UUID) -> Share:
    """Return what is shared with a member now, or raise Http404."""
    own = Share.objects.open().with_file().filter(reader=member.user)
    return owned(member, own.filter(public_id=share_id).first(), "share")


def share_by_secret(secret: str) -> Share:
    """Return what a link opens, whatever became of it, or raise Http404.

    Who has it need not be signed in, so no scope is open yet.
    """
    with scopes_disabled():
        found = Share.objects.with_file().filter(digest=Share.digest_of(secret))
        share: Share | None = found.first()
    if share is None:
        message = "No such link"
        raise Http404(message)
    return share
