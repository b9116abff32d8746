"""The day of a meeting, where its words name one day without doubt."""

import re
from datetime import date
from itertools import chain

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
_NUMBERS = {name: number for number, name in enumerate(_MONTHS, start=1)}
_NUMBERS |= {name[:3]: number for name, number in _NUMBERS.items()} | {"sept": 9}
_MONTH = f"({'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_DAY_FIRST = re.compile(rf"\b{_DAY} {_MONTH}\.?,? (\d{{4}})\b")
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\.? {_DAY},? (\d{{4}})\b")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


def meeting_day(words: str) -> date | None:
    """Return the day that the words of a meeting name.

    The month is written out or short, or the date is in ISO form: of 9/12 nobody can
    say which part is the month.

    Args:
        words: A person's words, such as "Board, 9 December 2026".

    Returns:
        The day; None if the words name none, or several.

    >>> meeting_day("Board, 9 December 2026"), meeting_day("Dec. 9th, 2026: board")
    (datetime.date(2026, 12, 9), datetime.date(2026, 12, 9))
    >>> meeting_day("2026-12-09"), meeting_day("Board, 9/12/2026")
    (datetime.date(2026, 12, 9), None)
    """
    text = " ".join(words.lower().split())
    named = chain(
        ((y, _NUMBERS[m], d) for d, m, y in _DAY_FIRST.findall(text)),
        ((y, _NUMBERS[m], d) for m, d, y in _MONTH_FIRST.findall(text)),
        _ISO.findall(text),
    )
    days = {day for year, month, number in named if (day := _day(year, month, number))}
    return days.pop() if len(days) == 1 else None


def without_day(words: str) -> str:
    """Return the words of a meeting without the day that they name.

    >>> without_day("Board of directors, 9 December 2026"), without_day("2026-12-09")
    ('Board of directors', '')
    """
    text = " ".join(words.split())
    for named in (_DAY_FIRST, _MONTH_FIRST, _ISO):
        text = re.sub(named.pattern, "", text, flags=re.IGNORECASE)
    return text.strip(" ,.;:()–-")


def _day(year: str, month: str | int, number: str) -> date | None:
    try:
        return date(int(year), int(month), int(number))
    except ValueError:  # 31 February
        return None
