"""Times in words."""

from datetime import UTC, datetime

from django import template
from django.utils import timezone
from django.utils.dateformat import format as in_words
from django.utils.timesince import timesince

from audits.services.people.times_of_day import as_shown, is_over

register = template.Library()

register.filter("is_over", is_over)

# Shorter than any month. Django's own would look for months in what is no longer.
_WEEKS = 28 * 24 * 3600
_UNITS = (("week", 7 * 24 * 3600), ("day", 24 * 3600), ("hour", 3600), ("minute", 60))


@register.filter
def ago(moment: datetime) -> str:
    """Say how long ago a moment was, in its largest unit: "2 days ago"."""
    seconds = (datetime.now(UTC) - moment).total_seconds()
    if seconds >= _WEEKS:
        return f"{timesince(moment, depth=1)} ago"
    for unit, long in _UNITS:
        if seconds >= long:
            number = int(seconds // long)
            return f"{number}\u00a0{unit}{'' if number == 1 else 's'} ago"
    return "just now"


@register.filter
def written_out(text: str) -> str:
    """Write a moment that a file gives, such as "2026-11-24T09:30:00+00:00", in words.

    >>> written_out("2026-11-24T09:30:00+00:00")
    '24 November 2026, 09:30 UTC'
    >>> written_out("yesterday")
    'yesterday'
    """
    try:
        moment = as_shown(timezone.localtime(datetime.fromisoformat(text)))
    except (ValueError, OverflowError):
        return text
    return in_words(moment, "j F Y, H:i T")
