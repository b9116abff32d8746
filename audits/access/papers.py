"""Board papers and packs."""

from uuid import UUID

from audits.access.cancelling import cancellable
from audits.access.members import require_reviewer
from audits.access.owned import owned
from audits.models import BoardPack, Membership, Report


def report_for_viewing(member: Membership, report_id: UUID) -> Report:
    """Return a report of the member's organization, or raise Http404."""
    report = (
        Report.objects.select_related("audit__use_case").filter(pk=report_id).first()
    )
    return owned(member, report, "report")


def pack_for_viewing(member: Membership, pack_id: UUID) -> BoardPack:
    """Return a board pack of the member's organization, or raise Http404."""
    packs = BoardPack.objects.light().select_related("organization", "requested_by")
    pack: BoardPack | None = packs.filter(pk=pack_id).first()
    return owned(member, pack, "pack")


def report_for_sharing(member: Membership, report_id: UUID) -> Report:
    """Return a report that the member may share; 403 for who is no reviewer."""
    report = report_for_viewing(member, report_id)
    require_reviewer(member)
    return report


def pack_for_sharing(member: Membership, pack_id: UUID) -> BoardPack:
    """Return a pack that the member may share; 403 for who is no reviewer."""
    pack = pack_for_viewing(member, pack_id)
    require_reviewer(member)
    return pack


def pack_for_cancelling(member: Membership, pack_id: UUID) -> BoardPack:
    """Return a pack that the member may cancel; 403 for any other."""
    return cancellable(member, pack_for_viewing(member, pack_id))
