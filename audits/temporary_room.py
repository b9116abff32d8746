"""The folder of temporary files, which may be full or not writable."""

import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

IN_MEMORY = 8 * 1024**2  # bytes of a copy; more goes to the disk
# Copies on the disk that a process has at once, and seconds that one waits for a turn.
LARGE_COPIES, TURN = 2, 2
_turns = BoundedSemaphore(LARGE_COPIES)
NO_ROOM = "no room"  # the reason in a request for an upload without space


class NoTemporaryRoomError(OSError):
    """A temporary file could not be made or written."""


class TooManyCopiesError(Exception):
    """The limit of simultaneous copies of large files is reached."""


class TemporaryCopy(tempfile.SpooledTemporaryFile[bytes]):
    """A copy of a file: a small one in memory, a large one as one of a few.

    Args:
        size: How many bytes to copy.

    Raises:
        TooManyCopiesError: No other large copy was closed in time.
    """

    def __init__(self, size: int) -> None:
        super().__init__(IN_MEMORY)
        if size > IN_MEMORY:
            if not _turns.acquire(timeout=TURN):
                raise TooManyCopiesError
            # At the latest when nobody refers to it.
            self._end_turn = weakref.finalize(self, _turns.release)

    def close(self) -> None:
        super().close()
        if end_turn := getattr(self, "_end_turn", None):
            end_turn()


@contextmanager
def temporary_room() -> Iterator[None]:
    """Distinguish an error of a temporary file from any other.

    Raises:
        NoTemporaryRoomError: The operating system reported an error inside.
    """
    try:
        yield
    except OSError as error:
        raise NoTemporaryRoomError from error


def require_room(request: object) -> None:
    """Refuse to continue without an upload that found no space.

    Raises:
        NoTemporaryRoomError: There was no space.
    """
    if getattr(request, "dropped_file", None) == NO_ROOM:
        raise NoTemporaryRoomError
