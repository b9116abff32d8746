"""Comments and answer requests."""

from uuid import UUID

from django.core.exceptions import PermissionDenied

from audits.access.members import require_contributor
from audits.access.owned import owned
from audits.models import AnswerRequest, Comment, Membership


def comment_for_editing(member: Membership, comment_id: UUID) -> Comment:
    """Return a comment the member may resolve; 403 for one who may only read."""
    comments = Comment.objects.select_related("audit")
    comment = owned(member, comments.filter(public_id=comment_id).first(), "comment")
    require_contributor(member)
    return comment


def ask_for_closing(member: Membership, ask_id: UUID) -> AnswerRequest:
    """Return a request that the member made or received; 403 for everybody else."""
    ask = AnswerRequest.objects.with_audit().filter(pk=ask_id).first()
    ask = owned(member, ask, "ask")
    if member.user_id not in (ask.of_id, ask.by_id):
        message = (
            "Only the person who asked and the person who was asked can close this."
        )
        raise PermissionDenied(message)
    return ask
