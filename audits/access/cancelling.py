"""Members may cancel work that they requested; contributors may cancel any."""

from audits.access.members import require_contributor
from audits.models import BoardPack, Membership, Rescore


def may_cancel(member: Membership, work: BoardPack | Rescore) -> bool:
    """Say whether a member requested this work, or may contribute."""
    return work.requested_by_id == member.user_id or member.may_contribute


def cancellable[Work: (BoardPack, Rescore)](member: Membership, work: Work) -> Work:
    if not may_cancel(member, work):
        require_contributor(member)
    return work
