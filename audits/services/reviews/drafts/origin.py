"""What a use case was copied from, so that a copy does not lose its history."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from audits.models import Audit, UseCase


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The audit that a use case was copied from, at its first audit.

    All but `reference` is None or empty if that use case has been deleted.
    """

    reference: str
    audit: UUID | None = None
    name: str = ""
    begun: datetime | None = None


def origin_of(audit: Audit) -> Origin | None:
    """Return what the use case of an audit was copied from; None if it was not.

    Note: one query, and none for a use case that is no copy.
    """
    if audit.copied_number is None:
        return None
    reference = UseCase.reference_of(audit.copied_number)
    if audit.copied_from_id is None:
        return Origin(reference=reference)
    rows = Audit.objects.select_related("use_case").only("created_at", "use_case__name")
    found = rows.get(pk=audit.copied_from_id)
    return Origin(
        reference=reference,
        audit=found.pk,
        name=found.use_case.name,
        begun=found.created_at,
    )
