"""Stores what a member has read of their inbox."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from audits.models import Membership, ReadMark
from audits.models.inbox.columns import Notice


@transaction.atomic
def mark_read(*, member: Membership, notice: Notice) -> None:
    """Store that a member has read one row; what is read already changes nothing."""
    if notice.is_unread:
        Membership.objects.filter(pk=member.pk).update(inbox_marks=F("inbox_marks") + 1)
        ReadMark.objects.update_or_create(
            organization_id=member.organization_id,
            member=member,
            kind=notice.kind,
            subject=notice.subject,
            defaults={"at": timezone.now()},
        )


@transaction.atomic
def mark_all_read(*, member: Membership, until: datetime) -> None:
    """Store that a member has read all that happened until a moment.

    Args:
        member: Whose inbox.
        until: When they saw it: what came later stays unread. A moment to come counts
            as now; one before what they have read changes nothing.
    """
    locked = Membership.objects.select_for_update(no_key=True).get(pk=member.pk)
    until = min(until, timezone.now())
    if locked.inbox_read_until is None or locked.inbox_read_until < until:
        locked.inbox_read_until = until
        locked.save(update_fields=["inbox_read_until"])
        ReadMark.objects.filter(member=locked, at__lte=until).delete()
