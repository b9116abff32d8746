"""The folder of temporary files, which may be full or refuse to be written."""

import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

IN_MEMORY = 8 * 1024**2  # bytes of a copy; more goes to the disk
# Copies on the disk that a process has at once, and seconds that one waits for a turn.
LARGE_COPIES, TURN = 2, 2
_turns = BoundedSemaphore(LARGE_COPIES)
NO_ROOM = "no room"  # what a request says of an upload that found none


class NoTemporaryRoomError(OSError):
    """A temporary file could not be made or written."""


class TooManyCopiesError(Exception):
    """As many large files are copied as may be at once."""


class TemporaryCopy(tempfile.SpooledTemporaryFile[bytes]):
    """A copy of a file: a small one in memory, a large one as one of a few.

    Args:
        size: How many bytes are to be copied.

    Raises:
        TooManyCopiesError: No other large copy was closed in time.
    """

    def __init__(self, size: int) -> None:
        super().__init__(IN_MEMORY)
        if size > IN_MEMORY:
            if not _turns.acquire(timeout=TURN):
                raise TooManyCopiesError
            # At the latest when nobody has it any more.
            self._end_turn = weakref.finalize(self, _turns.release)

    def close(self) -> None:
        super().close()
        if end_turn := getattr(self, "_end_turn", None):
            end_turn()


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
