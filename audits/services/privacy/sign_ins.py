"""Removes who signed in from old lines of a record, and says of which lines."""

from datetime import datetime

from django.db import transaction

from audits.models import Event, Organization
from audits.record.sign_ins import REMOVED, SIGN_INS, ranges
from audits.services.record import events
from audits.services.record.rights import may_on_record

# So few at a time fit one line of the record.
_MOST = 1000
_BATCH = 100
_EMPTIED = ("actor", "subject", "details", "is_emptied", "seal")


@transaction.atomic
def empty_sign_ins(organization: Organization, before: datetime) -> int:
    """Remove who signed in before a moment; the lines keep their time and digests.

    Nothing happens where the role of the database may not change lines of a record
    (`manage.py restrict_record`).

    Args:
        organization: The organization; its record is locked.
        before: The moment.
    """
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    old = Event.objects.filter(verb__in=SIGN_INS, at__lt=before, is_emptied=False)
    own = old.filter(organization=organization).order_by("number")
    lines = list(own[:_MOST])
    if not lines or not may_on_record("UPDATE"):
        return 0
    sealed = [each.number for each in lines if each.seal]
    for each in lines:
        # Still proved by the digest of the line, and without the seal nobody guesses.
        each.seal = each.line.inner_digest if each.seal else ""
        each.actor, each.subject, each.details = None, "", {}
        each.is_emptied = True
    Event.objects.bulk_update(lines, _EMPTIED, batch_size=_BATCH)
    numbers = [each.number for each in lines]
    events.record(
        organization=organization,
        actor=None,
        verb=REMOVED,
        subject="record",
        lines=list(ranges(numbers)),
        **({"sealed_from": sealed[0]} if sealed else {}),
    )
    return len(numbers)
