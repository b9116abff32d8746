"""Evidence behind answers, and files of minutes and of proofs."""

from uuid import UUID

from audits.access.members import require_contributor
from audits.access.owned import owned
from audits.models import Evidence, Membership, ProofFile


def evidence_for_viewing(member: Membership, evidence_id: UUID) -> Evidence:
    """Return a piece of evidence of the member's organization, or raise Http404."""
    evidence = (
        Evidence.objects.select_related("audit__use_case", "added_by")
        .filter(pk=evidence_id)
        .first()
    )
    return owned(member, evidence, "evidence")


def proof_for_viewing(member: Membership, file_id: UUID) -> ProofFile:
    """Return a file of minutes or of a proof, of the member's organization, or 404."""
    files = ProofFile.objects.select_related("audit__use_case", "added_by")
    return owned(member, files.filter(pk=file_id).first(), "file")


def evidence_for_editing(member: Membership, evidence_id: UUID) -> Evidence:
    """Return evidence the member may remove; 403 for a member who may only read."""
    evidence = evidence_for_viewing(member, evidence_id)
    require_contributor(member)
    return evidence
