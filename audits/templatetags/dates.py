"""Days and times of day in words: each is written once.

These take the place of Django's filters of the same names, which look for the names of
months, and for the format, each time.
"""

from datetime import date as a_day
from functools import lru_cache
from typing import Any

from django import template
from django.template import defaultfilters

register = template.Library()


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Any, form: str | None = None) -> str:
    """Write a day, or the day of a moment."""
    if not isinstance(value, a_day):
        return defaultfilters.date(value, form)
    return _day(value, form, *_beside(value))


@register.filter(expects_localtime=True, is_safe=False)
def time(value: Any, form: str | None = None) -> str:
    """Write the time of day of a moment."""
    if not isinstance(value, a_day):
        return defaultfilters.time(value, form)
    return _time(value, form, *_beside(value))


def _beside(value: a_day) -> tuple[Any, ...]:
    """Return in what moments may differ that are equal."""
    return getattr(value, "tzinfo", None), getattr(value, "fold", 0)


@lru_cache(maxsize=1024, typed=True)
def _day(value: a_day, form: str | None, *_: Any) -> str:
    return defaultfilters.date(value, form)


@lru_cache(maxsize=1024, typed=True)
def _time(value: Any, form: str | None, *_: Any) -> str:
    return defaultfilters.time(value, form)
