"""Days in words."""

from datetime import date, timedelta

_ELSEWHERE = timedelta(days=1)  # somewhere on Earth, it is tomorrow already


def in_words(day: date) -> str:
    """Return a day as people write it.

    >>> in_words(date(2026, 12, 9))
    '9 December 2026'
    """
    return f"{day.day} {day:%B %Y}"


def oddness(day: date, on: date) -> str:
    """Return what is odd about the day of a measurement; empty if nothing is.

    >>> on = date(2026, 11, 24)
    >>> oddness(date(2025, 11, 23), on), oddness(date(2021, 3, 1), on), oddness(on, on)
    ('more than a year ago', '5 years ago', '')
    >>> oddness(date(2026, 12, 1), on)
    'a day still to come'
    """
    if day > on + _ELSEWHERE:
        return "a day still to come"
    years = on.year - day.year - ((on.month, on.day) < (day.month, day.day))
    if years < 1 or (years == 1 and (on.month, on.day) == (day.month, day.day)):
        return ""
    return "more than a year ago" if years == 1 else f"{years} years ago"
