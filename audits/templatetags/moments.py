"""Times in words."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.dateformat import format as in_words
from django.utils.timesince import timesince

register = template.Library()


@register.filter
def ago(moment: datetime) -> str:
    """Say how long ago a moment was, in its largest unit: "2 days ago"."""
    passed = timesince(moment, depth=1)
    return "just now" if passed.startswith("0") else f"{passed} ago"


@register.filter
def written_out(text: str) -> str:
    """Write a moment that a file gives, such as "2026-11-24T09:30:00+00:00", in words.

    >>> written_out("2026-11-24T09:30:00+00:00")
    '24 November 2026, 09:30 UTC'
    >>> written_out("yesterday")
    'yesterday'
    """
    try:
        moment = timezone.localtime(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        return text
    return in_words(moment, "j F Y, H:i T")
