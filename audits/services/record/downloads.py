"""Records exports and downloads."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils import timezone

from audits.models import Feed, Organization, User
from audits.services.record import events

logger = logging.getLogger(__name__)
# How long a download, and a calendar, wait for the record. It is locked for
# milliseconds at a time, and for some seconds while an inventory is written.
PATIENCE_MS, FEED_PATIENCE_MS = 5000, 1000


def record_download(
    *, organization: Organization, by: User, verb: str, subject: str, **details: Any
) -> None:
    """Record that a member downloads something; call it before sending anything.

    Args:
        organization: Whose record.
        by: The member.
        verb: The action, such as "report.downloaded".
        subject: The object: a reference or an id.
        details: JSON-ready values that may be kept forever.

    Raises:
        OperationalError: The record stays locked for longer than PATIENCE_MS. Nothing
            leaves without a line, so the page says that Attune is too busy.
    """
    with _hurried(PATIENCE_MS):
        _record(organization, by, verb, subject, details)


def record_fetch(*, feed: Feed) -> None:
    """Record that a program read a calendar: the first time on each day.

    Nobody knows who it was: anyone with the address can read it. If the record stays
    locked, only the log gets the line, and the next read tries again.
    """
    today = timezone.localdate()
    if feed.fetched_on == today:
        return
    rest = Feed.objects.filter(pk=feed.pk).exclude(fetched_on=today)
    try:
        with _hurried(FEED_PATIENCE_MS):
            if rest.update(fetched_on=today):
                subject = str(feed.pk)
                _record(feed.organization, None, "feed.fetched", subject, {})
    except OperationalError:
        logger.warning("not recorded, since the record was locked: feed %s", feed.pk)


def _record(
    organization: Organization,
    by: User | None,
    verb: str,
    subject: str,
    details: dict[str, Any],
) -> None:
    events.record(
        organization=organization, actor=by, verb=verb, subject=subject, **details
    )


@contextmanager
def _hurried(patience: int) -> Iterator[None]:
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
