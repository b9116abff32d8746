"""Days and times of day in words: each is written once.

These take the place of Django's filters of the same names, which look for the names of
months, and for the format, each time. A time of day, and the day beside it in the same
format, is in the time zone of the reader; a day alone is the one that counts, the same
for everybody. A line never ends between a day and its month, in an amount or in the
name of a model; a year may begin the next one, as in a narrow cell.
"""

import re
from datetime import date as a_day
from datetime import datetime
from functools import lru_cache
from typing import Any

from django import template
from django.template import defaultfilters
from django.utils import timezone

from audits.services.people.times_of_day import as_shown, zone_in_use

register = template.Library()

# What a format has of the time of day, or of its zone.
_OF_READER = frozenset("HGgiT")
NO_BREAK, JOINER = "\u00a0", "\u2060"
_DAY = re.compile(
    r"\b\d{1,2} (?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?"
    r"|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|(?:Nov|Dec)(?:ember)?)\b"
)
_DATED = re.compile(rf"\d{NO_BREAK}[A-Z][a-z]+ \d{{4}}\b")
_AMOUNT = re.compile(r"[$€£]\d[\d,.]* (?:a month|a year|a day|once)\b")
_MODEL = re.compile(
    r"\b(?=[\w.-]*\d)\w[\w.]*(?:-[\w.]*\w)+"
    r"(?: (?:mini|nano|Astra|Luna|Sol|Terra)\b)?"
)
_HYPHENATED = re.compile(r"\b(?:[Ff]ew-shot|[Oo]ne-off|Fine-tune(?=, now or later))\b")


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Any, form: str | None = None) -> str:
    """Write a day, or the day of a moment."""
    if not isinstance(value, a_day):
        return defaultfilters.date(value, form)
    if form and _OF_READER & {*form} and isinstance(value, datetime):
        value = _shown(value)
    return _day(value, form, *_beside(value))


@register.filter(expects_localtime=True, is_safe=False)
def time(value: Any, form: str | None = None) -> str:
    """Write the time of day of a moment."""
    if not isinstance(value, a_day):
        return defaultfilters.time(value, form)
    if isinstance(value, datetime):
        value = _shown(value)
    return _time(value, form, *_beside(value))


@register.simple_tag
def now(form: str) -> str:
    """Write the day, or the moment, at which a page is drawn."""
    moment = timezone.localtime()
    if _OF_READER & {*form}:
        moment = as_shown(moment)
    return defaultfilters.date(moment, form)


@register.filter(is_safe=True)
def unbroken(words: str) -> str:
    r"""Keep days, amounts, names of models and such words as “one-off” on one line.

    Only pages and papers use this: files have the words as they are.

    >>> unbroken("GPT-4o mini retires on 14 January 2027, at $829 a month.")
    'GPT-\u20604o\xa0mini retires on 14\xa0January 2027, at $829\xa0a\xa0month.'
    >>> unbroken("Few-shot passes in May 2027.")
    'Few-\u2060shot passes in May 2027.'
    """
    joined = _AMOUNT.sub(_joined, _DAY.sub(_joined, words))
    tied = _HYPHENATED.sub(_tied, joined)
    return _MODEL.sub(_tied, tied)


@register.filter(is_safe=True)
def whole_days(words: str) -> str:
    r"""Keep the year on the line of its day, too, where days are read in pairs.

    >>> whole_days("It lasts to 12 November 2027.")
    'It lasts to 12\xa0November\xa02027.'
    """
    return _DATED.sub(_joined, unbroken(words))


def _tied(found: re.Match[str]) -> str:
    return _joined(found).replace("-", f"-{JOINER}")


def _joined(found: re.Match[str]) -> str:
    return found[0].replace(" ", NO_BREAK)


def _shown(moment: datetime) -> datetime:
    """Return a moment as its reader sees it; Django has seen to all others."""
    is_theirs = zone_in_use() and timezone.is_aware(moment)
    return as_shown(moment) if is_theirs else moment


def _beside(value: a_day) -> tuple[Any, ...]:
    """Return in what moments may differ that are equal."""
    return getattr(value, "tzinfo", None), getattr(value, "fold", 0)


@lru_cache(maxsize=1024, typed=True)
def _day(value: a_day, form: str | None, *_: Any) -> str:
    return _DAY.sub(_joined, defaultfilters.date(value, form))


@lru_cache(maxsize=1024, typed=True)
def _time(value: Any, form: str | None, *_: Any) -> str:
    return defaultfilters.time(value, form)
