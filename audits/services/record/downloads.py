"""Records exports and downloads."""

import logging
from typing import Any

from django.db import OperationalError
from django.utils import timezone

from audits.models import Feed, Organization, User
from audits.services.record import events
from audits.services.record.late_lines import hurried, record_soon

logger = logging.getLogger(__name__)
# How long a calendar waits for the record.
FEED_PATIENCE_MS = 1000


def record_download(
    *, organization: Organization, by: User, verb: str, subject: str, **details: Any
) -> None:
    """Record that a member downloads something; call it before sending anything.

    While somebody else writes to the record for long, the line waits where housekeeping
    finds it: nothing leaves without one.

    Args:
        organization: Whose record.
        by: The member.
        verb: The action, such as "report.downloaded".
        subject: The object: a reference or an id.
        details: JSON-ready values that may be kept forever.
    """
    record_soon(organization=organization, by=by, verb=verb, subject=subject, **details)


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
        with hurried(FEED_PATIENCE_MS):
            if rest.update(fetched_on=today):
                events.record(
                    organization=feed.organization,
                    actor=None,
                    verb="feed.fetched",
                    subject=str(feed.pk),
                )
    except OperationalError:
        logger.warning("not recorded, since the record was locked: feed %s", feed.pk)
