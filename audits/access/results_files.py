"""Results files of evaluation tools."""

from uuid import UUID

from audits.access.members import require_contributor
from audits.access.owned import owned
from audits.models import Audit, Membership, ResultsCheck, ResultsFile


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


def check_for_taking(member: Membership, audit: Audit, check_id: UUID) -> ResultsCheck:
    """Return a check of the use case with what was read of its file, or Http404."""
    own = ResultsCheck.objects.filter(audit__use_case=audit.use_case_id)
    found: ResultsCheck | None = own.exclude(runs=[]).filter(pk=check_id).first()
    check = owned(member, found, "check")
    require_contributor(member)
    return check
