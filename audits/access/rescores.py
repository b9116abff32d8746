"""Re-scorings of a portfolio on another day."""

from uuid import UUID

from audits.access.cancelling import cancellable
from audits.access.owned import owned
from audits.models import Membership, Rescore


def rescore_for_viewing(member: Membership, rescore_id: UUID) -> Rescore:
    """Return a re-scoring of the member's organization, or raise Http404."""
    rescore = Rescore.objects.defer("result").filter(pk=rescore_id).first()
    return owned(member, rescore, "re-scoring")


def rescore_for_cancelling(member: Membership, rescore_id: UUID) -> Rescore:
    """Return a re-scoring that the member may cancel; 403 for any other."""
    return cancellable(member, rescore_for_viewing(member, rescore_id))
