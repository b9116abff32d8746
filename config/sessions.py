"""Django's sessions in the database, without looking for keys that cannot be there.

Every page asks for its session, so the query is written once.

PostgreSQL refuses to look for some characters, such as NUL, which anybody can write
into a cookie.
"""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from audits.models.written_once import written_once

_CHARACTERS = frozenset(VALID_KEY_CHARS)


class SessionStore(DatabaseStore):
    """Takes a key with any other character for none."""

    def _validate_session_key(self, key: Any) -> bool:
        usual = super()._validate_session_key(key)  # type: ignore[misc] # django-stubs leaves it out
        return bool(usual) and _CHARACTERS.issuperset(key)

    def _get_session_from_db(self) -> Session | None:
        for session in _alive(key=self.session_key, at=timezone.now()):
            return session
        self._session_key = None
        return None


@written_once
def _alive(*, key: str | None, at: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=at)
