"""Results files of evaluation tools."""

from uuid import UUID

from audits.access.members import require_contributor
from audits.access.owned import owned
from audits.models import Audit, Membership, ResultsFile


def results_for_editing(member: Membership, audit: Audit, file_id: UUID) -> ResultsFile:
    """Return a results file of an audit's use case, or raise Http404."""
    found = (
        ResultsFile.objects.select_related("added_by")
        .filter(pk=file_id, use_case=audit.use_case_id)
        .first()
    )
    kept = owned(member, found, "results file")
    require_contributor(member)
    return kept
