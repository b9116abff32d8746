"""Writes the record of who did what."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from audits.models import BoardPack, Event, Organization, Report, User

_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a line of the record says.

    `verb` is what was done, such as "audit.submitted"; `subject` to what: a reference
    or an id, never a name. `details` are JSON-ready values that may be kept for ever.
    """

    verb: str
    subject: str
    details: dict[str, Any] = field(default_factory=dict)


def record(
    *,
    organization: Organization,
    actor: User | None,
    verb: str,
    subject: str,
    **details: Any,
) -> Event:
    """Append one line to the organization's record, as `record_all` appends several."""
    entry = Entry(verb=verb, subject=subject, details=details)
    [event] = record_all(organization=organization, actor=actor, entries=[entry])
    return event


def record_all(
    *, organization: Organization, actor: User | None, entries: Iterable[Entry]
) -> list[Event]:
    """Append lines to the organization's record, in their order.

    Call it inside the transaction of the change it tells of: the organization's
    row is locked until that ends, so numbers have no gaps and digests one order.

    It is the last to be locked. Rows are locked in one order everywhere, so that no two
    changes wait for each other: use cases, audits, rows of the portfolio (many of a
    kind by their ids), then the organization.

    Args:
        organization: Whose record.
        actor: Who did it; None for the system.
        entries: What was done, and to what.
    """
    Organization.objects.select_for_update().get(pk=organization.pk)
    last = Event.objects.head(organization)
    first, previous = (last.number + 1, last.digest) if last else (1, "")
    lines: list[Event] = []
    for number, entry in enumerate(entries, start=first):
        line = Event(
            organization=organization,
            number=number,
            at=timezone.now(),
            actor=actor,
            verb=entry.verb,
            subject=entry.subject,
            details=entry.details,
            previous=previous,
        )
        line.digest = previous = line.compute_digest()
        lines.append(line)
    return Event.objects.bulk_create(lines, batch_size=_BATCH)


def keep_line(*, job: Report | BoardPack, line: Event) -> None:
    """Keep which line asked for a paper or pack, for it to print.

    The first line stays: a paper that is made again is the same.
    """
    if job.record_number is None:
        job.record_number, job.record_digest = line.number, line.digest
        job.save(update_fields=["record_number", "record_digest"])
