"""Usage files that numbers were measured from."""

from uuid import UUID

from audits.access.members import require_contributor
from audits.access.owned import owned
from audits.models import Audit, Membership, UsageUpload


def usage_for_editing(member: Membership, audit: Audit, file_id: UUID) -> UsageUpload:
    """Return a usage file of an audit's use case, or raise Http404."""
    found = (
        UsageUpload.objects.select_related("added_by")
        .filter(pk=file_id, use_case=audit.use_case_id)
        .first()
    )
    kept = owned(member, found, "usage file")
    require_contributor(member)
    return kept
