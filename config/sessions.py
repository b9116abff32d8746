"""Django's sessions in rows that tell whose they are, and when they end.

A session ends after some time without a request, and at last some hours after its
sign-in, however much it is used. Every page asks for its session, so the query is
written once, and that it was used is stored only every few minutes.

PostgreSQL refuses to look for some characters, such as NUL, which anybody can write
into a cookie.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import QuerySet
from django.utils import timezone

from audits.models import Session
from audits.models.queries.written_once import written_once

# What a sign-in leaves in a session: when it was, and from where.
BEGAN = "began"
_CHARACTERS = frozenset(VALID_KEY_CHARS)
_SEEN_EVERY = timedelta(minutes=5)


class SessionStore(DatabaseStore):
    """Takes a key with any other character for none."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _validate_session_key(self, key: Any) -> bool:
        usual = super()._validate_session_key(key)  # type: ignore[misc] # django-stubs leaves it out
        return bool(usual) and _CHARACTERS.issuperset(key)

    def _get_session_from_db(self) -> Session | None:
        now = timezone.now()
        since = now - timedelta(seconds=settings.SESSION_IDLE_AGE)
        for session in _alive(key=self.session_key, at=now, since=since):
            if now - session.seen_at > _SEEN_EVERY:
                Session.objects.filter(pk=session.pk).update(seen_at=now)
            return session
        self._session_key = None
        return None

    def create_model_instance(self, data: Any) -> Session:
        """Return a row that says whose session it is."""
        row = cast("Session", super().create_model_instance(data))
        began = data.get(BEGAN) or {}
        person = data.get(SESSION_KEY)
        row.person_id = int(person) if person else None
        row.address, row.device = began.get("address", ""), began.get("device", "")
        if at := began.get("at"):
            row.began_at = datetime.fromtimestamp(at, UTC)
        return row

    def get_expiry_date(self, **given: Any) -> datetime:
        """Return when it ends at last; no use of it after the sign-in moves that."""
        usual: datetime = super().get_expiry_date(**given)
        at = (self.get(BEGAN) or {}).get("at")
        if not at:
            return usual
        last = datetime.fromtimestamp(at + settings.SESSION_COOKIE_AGE, UTC)
        return min(usual, last)


@written_once
def _alive(*, key: str | None, at: datetime, since: datetime) -> QuerySet[Session]:
    return Session.objects.filter(
        session_key=key, expire_date__gt=at, seen_at__gt=since
    )
