"""The folder of temporary files, which may be full or refuse to be written."""

from collections.abc import Iterator
from contextlib import contextmanager

NO_ROOM = "no room"  # what a request says of an upload that found none


class NoTemporaryRoomError(OSError):
    """A temporary file could not be made or written."""


@contextmanager
def temporary_room() -> Iterator[None]:
    """Tell a fault of a temporary file from any other.

    Raises:
        NoTemporaryRoomError: What is done within met a fault of the operating system.
    """
    try:
        yield
    except OSError as error:
        raise NoTemporaryRoomError from error


def require_room(request: object) -> None:
    """Refuse to go on without an upload that found no room while it came in.

    Raises:
        NoTemporaryRoomError: There was none.
    """
    if getattr(request, "dropped_file", None) == NO_ROOM:
        raise NoTemporaryRoomError
