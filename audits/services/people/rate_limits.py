"""Counts what was done of late, in the database, so for all processes together.

What is counted stays counted: it is committed before the work that it lets through, and
so cannot be undone with it. Keys are keyed hashes; no address is stored.
"""

from datetime import timedelta
from math import ceil

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from audits.models import RecentCount

HOUR = timedelta(hours=1)


def key_of(what: str, who: str) -> str:
    """Name a count by what is counted and of whom, in a way that tells neither."""
    made = salted_hmac("audits.rate_limits", f"{what}\n{who}", algorithm="sha256")
    return made.hexdigest()


@transaction.atomic(durable=True)
def take_turn(
    *, what: str, who: str, most: int, every: timedelta = HOUR
) -> timedelta | None:
    """Count one more time that somebody does something, if that is not too often.

    Args:
        what: What is done.
        who: By whom, or from where.
        most: How often it may be done in one period.
        every: How long the period is. It begins with the first time.

    Returns:
        How long they have to wait; None if they may do it now.

    Raises:
        RuntimeError: It was called in a transaction, with which the count might go.
    """
    row = locked_count(key_of(what, who), every)
    if row.count >= most:
        return row.ends_at - timezone.now()
    row.count += 1
    row.save()
    return None


def locked_count(key: str, lasts: timedelta) -> RecentCount:
    """Return a count under a lock; one that is over begins again, for as long as told.

    Call it inside a transaction, for several keys in the order of the keys.
    """
    now = timezone.now()
    row, _ = RecentCount.objects.select_for_update().get_or_create(
        key=key, defaults={"ends_at": now + lasts}
    )
    if row.ends_at <= now:
        row.count, row.blocked_until, row.ends_at = 0, None, now + lasts
    return row


def forget_old() -> int:
    """Remove the counts that are over; return how many there were."""
    return RecentCount.objects.filter(ends_at__lte=timezone.now()).delete()[0]


def seconds_of(wait: timedelta) -> int:
    """Return a wait in whole seconds, 1 or more."""
    return max(1, ceil(wait.total_seconds()))


def in_words(wait: timedelta) -> str:
    """Return a wait for people: seconds below a minute, else minutes, rounded up."""
    seconds = seconds_of(wait)
    number, unit = (
        (seconds, "second") if seconds < 60 else (ceil(seconds / 60), "minute")  # noqa: PLR2004
    )
    return f"{number} {unit}{'' if number == 1 else 's'}"
