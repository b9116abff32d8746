"""Distinguishes a database that cannot answer from a mistake in the program."""

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
# SQLite's codes, which never change: a process on PostgreSQL does not load its driver.
_SQLITE = {
    5: Outage.BUSY,  # SQLITE_BUSY
    6: Outage.BUSY,  # SQLITE_LOCKED
    8: Outage.UNREACHABLE,  # SQLITE_READONLY
    10: Outage.UNREACHABLE,  # SQLITE_IOERR
    13: Outage.UNREACHABLE,  # SQLITE_FULL
    14: Outage.UNREACHABLE,  # SQLITE_CANTOPEN
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
    if type(driver).__module__ == "sqlite3":
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
