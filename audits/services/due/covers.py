"""Reads the author's words on page 1 of a board paper."""

from uuid import UUID

from django.db.models import QuerySet

from audits.models import Audit, Cover
from audits.models.queries.written_once import written_once


def cover_of(audit: Audit) -> Cover:
    """Return the cover of an audit; an empty one, not stored, if there is none."""
    found = next(iter(_asked_cover(audit=audit.pk)), None)
    if found is not None:
        found.audit = audit
    return found or Cover(organization_id=audit.organization_id, audit=audit)


@written_once
def _asked_cover(*, audit: UUID) -> QuerySet[Cover]:
    return Cover.objects.filter(audit=audit)
