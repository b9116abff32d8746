"""Conditions of sign-offs."""

from uuid import UUID

from django.core.exceptions import PermissionDenied

from audits.access.owned import owned
from audits.models import Membership, SignOffCondition
from audits.services.reviews.condition_steps import may_confirm, may_tell

_NOT_THEIRS = (
    "Only who is asked to meet this condition, the owner of the use case and a "
    "reviewer can say that it is met."
)
_NOT_TO_CONFIRM = (
    "Only who signed off with this condition, or another reviewer who may sign off and "
    "does not own the condition, can confirm that it is met."
)


def condition_for_viewing(member: Membership, condition_id: UUID) -> SignOffCondition:
    """Return a condition of the member's organization, or raise Http404."""
    found = SignOffCondition.objects.select_related(
        "owner", "review__by", "audit__use_case__owner"
    )
    found = found.with_steps().filter(pk=condition_id)
    return owned(member, found.first(), "condition")


def condition_for_telling(member: Membership, condition_id: UUID) -> SignOffCondition:
    """Return one of which the member may say whether it is met; else 403."""
    condition = condition_for_viewing(member, condition_id)
    if not may_tell(condition, member):
        raise PermissionDenied(_NOT_THEIRS)
    return condition


def condition_for_confirming(
    member: Membership, condition_id: UUID
) -> SignOffCondition:
    """Return one of which the member may confirm that it is met; else 403."""
    condition = condition_for_viewing(member, condition_id)
    if not may_confirm(condition, member.user):
        raise PermissionDenied(_NOT_TO_CONFIRM)
    return condition
