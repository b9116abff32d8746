"""Distinguishes a database that cannot answer from a mistake in the program."""

import sqlite3
from enum import StrEnum

from django.db import DatabaseError, InterfaceError, OperationalError


class Outage(StrEnum):
    """Why the database could not do its work."""

    UNREACHABLE = "unreachable"
    BUSY = "busy"


# PostgreSQL's classes of errors: connection, resources, operator, system. And a
# transaction that may only read, as on a server that is being replaced.
_UNREACHABLE = ("08", "53", "57", "58", "25006")
# A statement or a lock that took too long, a transaction that lost against another.
_BUSY = ("57014", "55P03", "40001", "40P01")
_SQLITE = {
    sqlite3.SQLITE_BUSY: Outage.BUSY,
    sqlite3.SQLITE_LOCKED: Outage.BUSY,
    sqlite3.SQLITE_CANTOPEN: Outage.UNREACHABLE,
    sqlite3.SQLITE_FULL: Outage.UNREACHABLE,
    sqlite3.SQLITE_IOERR: Outage.UNREACHABLE,
    sqlite3.SQLITE_READONLY: Outage.UNREACHABLE,
}


def outage_of(error: BaseException | None) -> Outage | None:
    """Return the outage behind an exception, or None if it is something else."""
    while error is not None:
        if outage := _told_by(error):
            return outage
        error = error.__cause__
    return None


def _told_by(error: BaseException) -> Outage | None:
    """Read the driver's error, which Django's exceptions have as their cause."""
    if not isinstance(error, DatabaseError | InterfaceError):
        return None
    driver = error.__cause__
    if isinstance(driver, sqlite3.Error):
        # The lower byte is the kind; the other bytes give details.
        return _SQLITE.get(getattr(driver, "sqlite_errorcode", 0) & 0xFF)
    if state := getattr(driver, "sqlstate", None):
        if state in _BUSY:
            return Outage.BUSY
        return Outage.UNREACHABLE if state.startswith(_UNREACHABLE) else None
    # No server said this: there was no connection, or it broke.
    if isinstance(error, OperationalError):
        return Outage.UNREACHABLE
    is_closed = isinstance(error, InterfaceError) and "connection" in str(error)
    return Outage.UNREACHABLE if is_closed else None
