"""The time zone in which a page or a mail shows times of day.

A day that counts, of a verdict or a deadline, is counted in the time zone of the
installation, and is the same for everybody: nothing that is stored, no paper and no
export reads a zone from here. Only a time of day, with the day it belongs to, and
whether a page calls a day over, is that of who reads it (decision 0157).
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.utils import timezone

_REGIONS = frozenset(
    {"Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia"}
    | {"Europe", "Indian", "Pacific", "UTC"}
)

_shown_in: ContextVar[str] = ContextVar("shown_in", default="")


@cache
def zone_names() -> frozenset[str]:
    """Return the time zones that somebody may choose: those named by a place, and UTC.

    >>> {"Europe/Zurich", "UTC"} <= zone_names(), "Etc/GMT+5" in zone_names()
    (True, False)
    """
    return frozenset(
        name for name in available_timezones() if name.partition("/")[0] in _REGIONS
    )


def place_of(name: str) -> str:
    """Return the place that a time zone is named by.

    >>> place_of("America/Argentina/Buenos_Aires"), place_of("UTC")
    ('Buenos Aires', 'UTC')
    """
    return name.rpartition("/")[2].replace("_", " ")


@contextmanager
def shown_in(name: str) -> Iterator[None]:
    """Show times of day in a zone; without a name, in that of the installation."""
    token = _shown_in.set("" if name == settings.TIME_ZONE else name)
    try:
        yield
    finally:
        _shown_in.reset(token)


def for_everybody() -> AbstractContextManager[None]:
    """Show times of day as papers and files do, for anyone who asks for one."""
    return shown_in("")


def zone_in_use() -> str:
    """Return the zone in which times of day are shown; empty: the installation's.

    What keeps drawn text, keeps it for each.
    """
    return _shown_in.get()


def as_shown(moment: datetime | None) -> datetime:
    """Return a moment, or now, in the zone in which times of day are shown."""
    return (moment or timezone.now()).astimezone(zone_of(_shown_in.get()))


def today_shown() -> date:
    """Return the day that it is for who reads a page: before it, a day is over."""
    return as_shown(None).date()


def is_over(day: date | None) -> bool:
    """Return whether a day is over for who reads a page; no day never is."""
    return day is not None and day < today_shown()


@cache
def zone_of(name: str) -> tzinfo:
    """Return a time zone by its name; that of the installation if nobody knows it."""
    if name == "UTC":
        return UTC
    return ZoneInfo(name) if name in zone_names() else timezone.get_default_timezone()
