"""Days in words."""

from datetime import date


def in_words(day: date) -> str:
    """Return a day as people write it.

    >>> in_words(date(2026, 12, 9))
    '9 December 2026'
    """
    return f"{day.day} {day:%B %Y}"
