"""Writes the record of who did what."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django_scopes import get_scope

from audits.models import BoardPack, Event, Organization, Report, User
from audits.models.queries.written_once import written_once
from audits.record.sign_ins import SIGN_INS

_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """The content of a line of the record.

    `verb` is the action, such as "audit.submitted"; `subject` its object: a reference
    or an id, never a name. `details` are JSON-ready values that may be kept forever.
    `at` is when it happened, if the line was kept waiting.
    """

    verb: str
    subject: str
    details: dict[str, Any] = field(default_factory=dict)
    at: datetime | None = None


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

    Call it inside the transaction of the change it records: the organization's row is
    locked until that ends, so numbers have no gaps and digests have one order.

    Lock it last. All code locks rows in one order, so that no two changes wait for each
    other: use cases, audits, portfolio rows (several of a kind by their ids), then the
    organization. Lock every row without its key: PostgreSQL locks the key of each row
    that a new row names, when the transaction ends. A new comment, paper or pack would
    otherwise wait for the audit while it has the record, and a long import would keep
    the record from its first row on.

    Args:
        organization: Whose record.
        actor: The person; None for the system.
        entries: The actions, and their objects.
    """
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    first, previous = 1, ""
    for last in _last_line(organization):
        first, previous = last.number + 1, last.digest
    lines: list[Event] = []
    for number, entry in enumerate(entries, start=first):
        line = Event(
            organization=organization,
            number=number,
            at=entry.at or timezone.now(),
            actor=actor,
            verb=entry.verb,
            subject=entry.subject,
            details=entry.details,
            previous=previous,
            seal=secrets.token_hex(16) if entry.verb in SIGN_INS else "",
        )
        line.digest = previous = line.compute_digest()
        lines.append(line)
    return Event.objects.bulk_create(lines, batch_size=_BATCH)


def _last_line(organization: Organization) -> Iterable[Event]:
    """Return the last line of a record, if it has one."""
    if get_scope().get("_enabled"):
        return _last_line_in_scope(of=organization)
    return _last_line_of(organization)


@written_once
def _last_line_in_scope(*, of: Organization) -> "QuerySet[Event]":
    return _last_line_of(of)


def _last_line_of(organization: Organization) -> "QuerySet[Event]":
    own = Event.objects.filter(organization=organization).readable()
    return own.order_by("-number")[:1]


def keep_line(*, job: Report | BoardPack, line: Event) -> None:
    """Store the record line of a paper's or pack's request, for it to print.

    The first line stays: a paper that is made again is the same.
    """
    if job.record_number is None:
        job.record_number, job.record_digest = line.number, line.digest
        job.save(update_fields=["record_number", "record_digest"])
