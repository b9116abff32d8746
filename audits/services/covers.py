"""Keeps what the author adds to page 1 of a board paper."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from audits.models import Audit, Cover, User
from audits.services import events
from audits.services.answers import AuditLocked, locked_audit
from audits.services.standings import stand


def cover_of(audit: Audit) -> Cover:
    """Return the cover of an audit; an empty one, not stored, if there is none."""
    found: Cover | None = Cover.objects.filter(audit=audit).first()
    return found or Cover(organization_id=audit.organization_id, audit=audit)


@transaction.atomic
def save_cover(*, audit: Audit, by: User, fields: Mapping[str, Any]) -> Cover:
    """Keep the author's words.

    Args:
        audit: The audit; its row is read again and locked.
        by: Who writes.
        fields: Values by name of the cover's field.

    Raises:
        AuditLocked: Another audit has followed; its paper is the one to write.
        ValidationError: A text is too long for its place on the page, a risk among
            them, or there are too many risks.
    """
    audit = locked_audit(audit)
    if audit.state == Audit.State.SUPERSEDED:
        raise AuditLocked
    cover = cover_of(audit)
    for name, value in fields.items():
        setattr(cover, name, value)
    cover.full_clean(exclude=["organization", "audit"])
    cover.save()
    stand(audit)
    events.record(
        organization=audit.organization,
        actor=by,
        verb="cover.saved",
        subject=str(audit.pk),
    )
    return cover
