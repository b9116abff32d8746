"""Moments of sign-ins, in words."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format


def in_words(at: datetime) -> str:
    """Return a moment with its time zone, such as “9 December 2026, 16:05 UTC”."""
    return date_format(timezone.localtime(at), "j F Y, H:i T")
