"""Counts recent actions in the database, for all processes together.

A count stays: it is committed before the work that it allows, so no rollback undoes it.
Keys are keyed hashes; no address is stored.
"""

from datetime import timedelta
from math import ceil

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from audits.models import RecentCount

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
# Each unit with the seconds from which a wait is said in it, and the seconds it has.
_UNITS = (("hour", 7200, 3600), ("minute", 60, 60), ("second", 0, 1))


def key_of(what: str, who: str) -> str:
    """Return a key for a count that reveals neither its action nor its person."""
    made = salted_hmac("audits.rate_limits", f"{what}\n{who}", algorithm="sha256")
    return made.hexdigest()


@transaction.atomic(durable=True)
def take_turn(
    *, what: str, who: str, most: int, every: timedelta = HOUR
) -> timedelta | None:
    """Count one more action of somebody, unless they reached the limit.

    Args:
        what: The action.
        who: The person or the address.
        most: How often it is allowed in one period.
        every: The length of a period, which begins with the first action.

    Returns:
        How long to wait; None if it is allowed now.

    Raises:
        RuntimeError: It was called in a transaction, whose rollback would undo the
            count.
    """
    row = locked_count(key_of(what, who), every)
    if row.count >= most:
        return row.ends_at - timezone.now()
    row.count += 1
    row.save()
    return None


def give_turn_back(*, what: str, who: str) -> None:
    """Count one action less: it was none of those that are limited."""
    counted = RecentCount.objects.filter(key=key_of(what, who), count__gt=0)
    counted.update(count=F("count") - 1)


def locked_count(key: str, lasts: timedelta) -> RecentCount:
    """Return a count under a lock; an ended count begins a new period.

    Call it inside a transaction, for several keys in the order of the keys.
    """
    now = timezone.now()
    row, _ = RecentCount.objects.select_for_update(no_key=True).get_or_create(
        key=key, defaults={"ends_at": now + lasts}
    )
    if row.ends_at <= now:
        row.count, row.blocked_until, row.ends_at = 0, None, now + lasts
    return row


def forget_old() -> int:
    """Remove ended counts; return how many there were."""
    return RecentCount.objects.filter(ends_at__lte=timezone.now()).delete()[0]


def seconds_of(wait: timedelta) -> int:
    """Return a wait in whole seconds, 1 or more."""
    return max(1, ceil(wait.total_seconds()))


def in_words(wait: timedelta) -> str:
    """Return a wait for people: in seconds, minutes or, from two on, hours.

    >>> in_words(timedelta(seconds=1)), in_words(HOUR), in_words(DAY)
    ('1 second', '60 minutes', '24 hours')
    """
    seconds = seconds_of(wait)
    unit, size = next((unit, size) for unit, least, size in _UNITS if seconds >= least)
    number = ceil(seconds / size)
    return f"{number} {unit}{'' if number == 1 else 's'}"
