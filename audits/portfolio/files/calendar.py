"""Dates as a calendar that other programs read (RFC 5545)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_LINE = 75  # bytes, without the end of the line
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One whole day of a calendar; the same `uid` is the same day."""

    uid: str
    on: date
    title: str
    text: str
    link: str


def calendar(name: str, entries: Iterable[Entry], at: datetime) -> str:
    """Write a calendar.

    Args:
        name: The name that programs show.
        entries: The days.
        at: When it was written.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Attune//Portfolio//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    ]
    stamp = f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    for entry in entries:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{entry.uid}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{_day_after(entry.on):%Y%m%d}",
            f"SUMMARY:{_escaped(entry.title)}",
            f"DESCRIPTION:{_escaped(entry.text)}",
            f"URL:{entry.link}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _day_after(day: date) -> date:
    """Return the next day; the last day there is has none."""
    return day if day == date.max else day + _DAY


def _escaped(text: str) -> str:
    r"""Escape a text for a calendar.

    >>> _escaped("a;b,c\\d\ne")
    'a\\;b\\,c\\\\d\\ne'
    """
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> Iterator[str]:
    """Yield the parts of a line of at most 75 bytes; none ends within a character."""
    part, size = "", 0
    for letter in line:
        length = len(letter.encode())
        if size + length > _LINE:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + length
    yield part
