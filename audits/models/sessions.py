"""The browsers in which people are signed in."""

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone


class Session(AbstractBaseSession):
    """A session of Django, with what its person needs to know it again.

    `person` is who is signed in; None in the middle of a sign-in. `address` and
    `device` are those of the sign-in, and `seen_at` is within some minutes of the
    last request.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        editable=False,
        related_name="sessions",
    )
    address = models.CharField(max_length=64, blank=True, editable=False)
    device = models.CharField(max_length=200, blank=True, editable=False)
    began_at = models.DateTimeField(default=timezone.now, editable=False)
    seen_at = models.DateTimeField(default=timezone.now, editable=False)

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """Return the store that reads and writes these rows."""
        from config.sessions import SessionStore  # noqa: PLC0415 - it imports this row

        return SessionStore
