"""Stores people's preferences, and how far their digests have come."""

from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from audits.models import User
from audits.models.people import DIGESTS, Mails

# Digests are made from this hour on, in the time zone of the installation.
HOUR = 7


def choose_layout(*, user: User, one_question_a_page: bool) -> User:
    """Store whether a person answers a section or one question a page."""
    user.one_question_a_page = one_question_a_page
    user.save(update_fields=["one_question_a_page"])
    return user


def choose_mails(*, user: User, mails: str, now: datetime | None = None) -> User:
    """Store how often a person gets emails.

    Their first digest is the next one that is due. It begins with what happens from now
    on; a digest that came more or less often goes on where it was.
    """
    now = now or timezone.now()
    if mails == user.mails:
        return user
    changed = ["mails", "mailed_on"]
    if user.mails not in DIGESTS:
        user.mailed_until = now
        changed.append("mailed_until")
    user.mails, user.mailed_on = mails, digest_day(mails, now)
    user.save(update_fields=changed)
    return user


def digest_day(mails: str, now: datetime) -> date:
    """Return the day of the latest digest that is due: today, or the last Monday."""
    day = timezone.localdate(now - timedelta(hours=HOUR))
    if mails == Mails.WEEKLY:
        day -= timedelta(days=day.weekday())
    return day


def due_for_digest(now: datetime) -> list[User]:
    """Return the people whose digest was not queued yet."""
    due = Q(pk__in=[])
    for mails in DIGESTS:
        day = digest_day(mails, now)
        waiting = Q(mailed_on=None) | Q(mailed_on__lt=day)
        due |= Q(mails=mails) & waiting
    return list(User.objects.filter(due, is_active=True).order_by("pk"))


def take_digest_day(*, user: User, now: datetime) -> bool:
    """Store that the digest of a day is queued; False if another process did it."""
    waiting = User.objects.filter(
        pk=user.pk, mails=user.mails, mailed_on=user.mailed_on
    )
    return bool(waiting.update(mailed_on=digest_day(user.mails, now)))


def move_mailed_until(
    *, user: User, before: datetime | None, until: datetime | None
) -> bool:
    """Store until when a digest says what happened; False if another one did it."""
    found = User.objects.filter(pk=user.pk, mailed_until=before)
    return bool(found.update(mailed_until=until))
