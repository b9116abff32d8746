"""Keeps what the author adds to page 1 of a board paper."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from audits.models import Audit, Cover, User
from audits.services.answers.answers import AuditLocked, locked_audit
from audits.services.portfolio.rows import update_portfolio_row
from audits.services.record import events


def cover_of(audit: Audit) -> Cover:
    """Return the cover of an audit; an empty one, not stored, if there is none."""
    found: Cover | None = (
        Cover.objects.select_related("changed_by").filter(audit=audit).first()
    )
    if found is not None:
        found.audit = audit
    return found or Cover(organization_id=audit.organization_id, audit=audit)


class CoverChanged(Exception):  # noqa: N818 - the state it is in, not a fault
    """Somebody else changed the same fields since the page was shown.

    `fields` names them.
    """

    def __init__(self, fields: list[str]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


@transaction.atomic
def save_cover(
    *,
    audit: Audit,
    by: User,
    fields: Mapping[str, Any],
    shown: Mapping[str, Any] | None = None,
) -> Cover:
    """Keep the author's words.

    Args:
        audit: The audit; its row is read again and locked.
        by: Who writes.
        fields: Values by name of the cover's field.
        shown: The values that the author's page showed at first: what they did not
            change stays as it is. None replaces whatever is there.

    Raises:
        AuditLocked: Another audit has followed; its paper is the one to write.
        CoverChanged: Others changed what the author changed; nothing is saved.
        ValidationError: A text is too long for its place on the page, a risk among
            them, or there are too many risks.
    """
    audit = locked_audit(audit)
    if audit.state == Audit.State.SUPERSEDED:
        raise AuditLocked
    cover = cover_of(audit)
    stored = {name: getattr(cover, name) for name in fields}
    changed = {
        name: value
        for name, value in fields.items()
        if shown is None or value != shown.get(name)
    }
    overtaken = [
        name
        for name, value in changed.items()
        if shown is not None and stored[name] not in (shown.get(name), value)
    ]
    if overtaken:
        raise CoverChanged(overtaken)
    for name, value in changed.items():
        setattr(cover, name, value)
    if any(stored[name] != value for name, value in changed.items()):
        cover.changed_at, cover.changed_by = timezone.now(), by
    cover.full_clean(exclude=["organization", "audit"])
    cover.save()
    update_portfolio_row(audit)
    events.record(
        organization=audit.organization,
        actor=by,
        verb="cover.saved",
        subject=str(audit.pk),
    )
    return cover
