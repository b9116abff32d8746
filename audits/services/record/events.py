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

    Call it inside the transaction of the change it tells of: the organization's
    row is locked until that ends, so numbers have no gaps and digests one order.

    It is the last to be locked. Rows are locked in one order everywhere, so that no two
    changes wait for each other: use cases, audits, rows of the portfolio (many of a
    kind by their ids), then the organization.

    Args:
        organization: Whose record.
        actor: Who did it; None for the system.
        verb: What was done, such as "audit.submitted".
        subject: To what: a reference or an id, never a name.
        details: JSON-ready values that may be kept for ever.
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
    """Keep which line asked for a paper or pack, for it to print.

    The first line stays: a paper that is made again is the same.
    """
    if job.record_number is None:
        job.record_number, job.record_digest = line.number, line.digest
        job.save(update_fields=["record_number", "record_digest"])
