"""Ends the sessions of a person: one, all others, or all."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from audits.models import Session, User
from audits.services.people.rate_limits import key_of
from audits.services.people.sign_ins import end_calendars, record_of_person


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """One browser in which a person is signed in; its name reveals no key."""

    name: str
    device: str
    address: str
    began_at: datetime
    seen_at: datetime
    is_this: bool

    @classmethod
    def from_row(cls, row: Session, this: str | None) -> Self:
        """Return a session as its person reads it."""
        return cls(
            name=_name(row),
            device=row.device,
            address=row.address,
            began_at=row.began_at,
            seen_at=row.seen_at,
            is_this=row.pk == this,
        )


def sessions_of(user: User, this: str | None) -> list[SignedIn]:
    """Return where a person is signed in: here first, then the latest first.

    Args:
        user: The person.
        this: The key of the session that asks.
    """
    rows = _alive(user).order_by("-seen_at", "-began_at")
    found = [SignedIn.from_row(row, this) for row in rows]
    return sorted(found, key=lambda one: not one.is_this)


@transaction.atomic
def end_session(*, user: User, name: str) -> bool:
    """End one session of a person; False if there is none of this name."""
    keys = [row.pk for row in _alive(user) if _name(row) == name]
    Session.objects.filter(pk__in=keys).delete()
    if keys:
        record_of_person(person=user, by=user, verb="person.session_ended")
    return bool(keys)


@transaction.atomic
def end_sessions(*, user: User, by: User | None, but: str | None = None) -> int:
    """End all sessions of a person but one; return how many there were.

    Args:
        user: The person.
        by: Who does it.
        but: The key of the session that stays; None if none does.
    """
    own = Session.objects.filter(person=user).exclude(pk=but or "")
    ended = own.delete()[0]
    if ended:
        verb = "person.sessions_ended"
        record_of_person(person=user, by=by, verb=verb, number=ended)
    return ended


@transaction.atomic
def sign_out_everywhere(*, user: User) -> int:
    """End all sessions of a person, and calendars whose addresses others may have.

    Returns:
        How many calendars there were.
    """
    end_sessions(user=user, by=user)
    return end_calendars(user=user, by=user)


def _alive(user: User) -> QuerySet[Session]:
    now = timezone.now()
    since = now - timedelta(seconds=settings.SESSION_IDLE_AGE)
    return Session.objects.filter(person=user, expire_date__gt=now, seen_at__gt=since)


def _name(row: Session) -> str:
    return key_of("session", row.pk)[:20]
