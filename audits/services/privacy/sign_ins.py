"""Removes who signed in from old lines of a record, and says of which lines."""

from datetime import datetime

from django.db import transaction

from audits.models import Event, Organization
from audits.record.sign_ins import REMOVED, SIGN_INS, ranges
from audits.services.record import events
from audits.services.record.rights import may_on_record

# So few at a time fit one line of the record.
_MOST = 1000


@transaction.atomic
def empty_sign_ins(organization: Organization, before: datetime) -> int:
    """Remove who signed in before a moment; the lines keep their time and digest.

    Nothing happens where the role of the database may not change lines of a record
    (`manage.py restrict_record`).

    Args:
        organization: The organization; its record is locked.
        before: The moment.
    """
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    old = Event.objects.filter(verb__in=SIGN_INS, at__lt=before, is_emptied=False)
    own = old.filter(organization=organization).order_by("number")
    numbers = list(own.values_list("number", flat=True)[:_MOST])
    if not numbers or not may_on_record("UPDATE"):
        return 0
    Event.objects.filter(organization=organization, number__in=numbers).update(
        actor=None, subject="", details={}, is_emptied=True
    )
    events.record(
        organization=organization,
        actor=None,
        verb=REMOVED,
        subject="record",
        lines=list(ranges(numbers)),
    )
    return len(numbers)
