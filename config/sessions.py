"""Django's sessions in the database, without looking for keys that cannot be there.

PostgreSQL refuses to look for some characters, such as NUL, which anybody can write
into a cookie.
"""

from typing import Any

from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

_CHARACTERS = frozenset(VALID_KEY_CHARS)


class SessionStore(DatabaseStore):
    """Takes a key with any other character for none."""

    def _validate_session_key(self, key: Any) -> bool:
        usual = super()._validate_session_key(key)  # type: ignore[misc] # django-stubs leaves it out
        return bool(usual) and _CHARACTERS.issuperset(key)
