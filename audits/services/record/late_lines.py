"""Records what must not fail because somebody else writes to the record for long."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from audits.models import LateLine, Organization, User
from audits.outages import Outage, outage_of
from audits.services.record import events

# How long somebody who waits for a page waits for the record. It is locked for
# milliseconds at a time, and for a second or two while an inventory is written.
PATIENCE_MS = 1000
_MOST = 1000  # lines of one record that are added at a time
# A line that waited for longer gets the time at which it is added, and says when it
# happened. Far less than what the check of a record allows for clocks that differ.
_LONG = timedelta(minutes=30)


def record_soon(
    *,
    organization: Organization,
    by: User | None,
    verb: str,
    subject: str,
    **details: Any,
) -> None:
    """Append a line to a record; if that stays locked, store it to be appended.

    Args:
        organization: Whose record; call it inside its scope.
        by: The person; None for the system.
        verb: The action, such as "report.downloaded".
        subject: The object: a reference or an id.
        details: JSON-ready values that may be kept forever.

    Raises:
        OperationalError: The database stores nothing at all.
    """
    at = timezone.now()
    try:
        with hurried(PATIENCE_MS):
            events.record(
                organization=organization,
                actor=by,
                verb=verb,
                subject=subject,
                **details,
            )
    except OperationalError as error:
        if outage_of(error) is not Outage.BUSY:
            raise
        LateLine.objects.create(
            organization=organization,
            at=at,
            actor=by,
            verb=verb,
            subject=subject,
            details=details,
        )


def write_late_lines() -> int:
    """Append the lines that wait to their records; return how many.

    Those of a record that is locked still wait for the next run.
    """
    with scopes_disabled():
        waiting = Organization.objects.exclude(late_lines=None).distinct()
        organizations = list(waiting.order_by("pk"))
    return sum(map(_write, organizations))


def _write(organization: Organization) -> int:
    try:
        with scope(organization=organization), hurried(PATIENCE_MS):
            locked = Organization.objects.select_for_update(no_key=True)
            locked.get(pk=organization.pk)
            lines = list(LateLine.objects.select_related("actor")[:_MOST])
            for line in lines:
                events.record_all(
                    organization=organization, actor=line.actor, entries=[_entry(line)]
                )
            LateLine.objects.filter(pk__in=[line.pk for line in lines]).delete()
    except OperationalError as error:
        if outage_of(error) is not Outage.BUSY:
            raise
        return 0
    return len(lines)


def _entry(line: LateLine) -> events.Entry:
    entry = events.Entry(
        verb=line.verb, subject=line.subject, details=line.details, at=line.at
    )
    if line.at > timezone.now() - _LONG:
        return entry
    happened = {"happened_at": line.at.isoformat()}
    return replace(entry, details=entry.details | happened, at=None)


@contextmanager
def hurried(patience: int) -> Iterator[None]:
    """Open a transaction with a time limit in milliseconds for locks."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {patience:d}")
            yield
        return
    with connection.cursor() as cursor:
        [usual] = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {patience:d}")
        try:
            with transaction.atomic():
                yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual:d}")
