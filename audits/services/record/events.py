"""Writes the record of who did what."""

from typing import Any

from django.utils import timezone

from audits.models import BoardPack, Event, Organization, Report, User


def record(
    *,
    organization: Organization,
    actor: User | None,
    verb: str,
    subject: str,
    **details: Any,
) -> Event:
    """Append one line to the organization's record.

    Call it inside the transaction of the change it records: the organization's row is
    locked until that ends, so numbers have no gaps and digests have one order.

    Lock it last. All code locks rows in one order, so that no two changes wait for each
    other: use cases, audits, portfolio rows (several of a kind by their ids), then the
    organization.

    Args:
        organization: Whose record.
        actor: The person; None for the system.
        verb: The action, such as "audit.submitted".
        subject: The object: a reference or an id, never a name.
        details: JSON-ready values that may be kept forever.
    """
    Organization.objects.select_for_update().get(pk=organization.pk)
    last = Event.objects.head(organization)
    event = Event(
        organization=organization,
        number=last.number + 1 if last else 1,
        at=timezone.now(),
        actor=actor,
        verb=verb,
        subject=subject,
        details=details,
        previous=last.digest if last else "",
    )
    event.digest = event.compute_digest()
    event.save(force_insert=True)
    return event


def keep_line(*, job: Report | BoardPack, line: Event) -> None:
    """Store the record line of a paper's or pack's request, for it to print.

    The first line stays: a paper that is made again is the same.
    """
    if job.record_number is None:
        job.record_number, job.record_digest = line.number, line.digest
        job.save(update_fields=["record_number", "record_digest"])
