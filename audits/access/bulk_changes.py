"""Changes of many use cases at once."""

from uuid import UUID

from django.core.exceptions import PermissionDenied

from audits.access.members import require_contributor
from audits.access.owned import owned
from audits.models import BulkChange, Membership


def bulk_change_for_editing(member: Membership, change_id: UUID) -> BulkChange:
    """Return a change of the member's organization; 403 unless it is their own."""
    changes = BulkChange.objects.select_related("organization", "by")
    found = owned(member, changes.filter(pk=change_id).first(), "change")
    require_contributor(member)
    if found.by_id != member.user_id:
        message = "Only the person who chose this change can make it or undo it."
        raise PermissionDenied(message)
    return found
