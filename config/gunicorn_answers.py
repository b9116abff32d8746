"""A socket whose writer never waits for the client.

A thread gives the kernel as much of its answer as it accepts at once. The rest stays
here, and the main loop sends it after the thread has moved on. So only one of the two
uses a socket at a time.
"""

import errno
import os
import socket
import struct
import time
from collections import deque
from collections.abc import Hashable, Mapping
from contextlib import suppress
from tempfile import SpooledTemporaryFile
from typing import Any

# Seconds: for what is left of an answer, and how many bytes a second make it longer;
# without a byte taken.
GRACE, LEAST_RATE, IDLE = 20, 64 * 1024, 15
# Bytes of what a thread has written: in memory, the rest goes to the disk; in one file;
# that it may be ahead of the client. Bytes that are sent at a time.
IN_MEMORY, IN_ONE, MOST_AHEAD, PIECE = 128 * 1024, 4 * 1024**2, 32 * 1024**2, 64 * 1024
# Bytes that one process keeps of all answers, and pieces of one that are sent in turn.
MOST_HELD, IN_TURN = 64 * 1024**2, 8
# Bytes that the kernel keeps of a connection, which would grow to megabytes of each.
_IN_KERNEL = 128 * 1024


class _Bytes:
    """Written bytes, and the position of the first unsent one."""

    def __init__(self) -> None:
        self.content = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        self.at = self.end = 0

    @property
    def held(self) -> int:
        return self.end

    def add(self, piece: memoryview) -> None:
        self.content.seek(self.end)
        self.content.write(piece)
        self.end += len(piece)

    def read(self) -> bytes:
        self.content.seek(self.at)
        return self.content.read(PIECE)

    def close(self) -> None:
        with suppress(OSError):  # what did not fit on the disk is not needed either
            self.content.close()


class _File:
    """Part of an open file, which stays open however often its owner closes it."""

    def __init__(self, descriptor: int, at: int, end: int) -> None:
        self.at, self.end = at, end
        self.descriptor = os.dup(descriptor)
        known = os.fstat(self.descriptor)
        # A file without a name is a copy, and is there only for this answer.
        self.held = 0 if known.st_nlink else known.st_size

    def read(self) -> bytes:
        return os.pread(self.descriptor, min(PIECE, self.end - self.at), self.at)

    def close(self) -> None:
        os.close(self.descriptor)


class AnswerSocket(socket.socket):
    """Sends what the kernel accepts, and keeps the rest."""

    def __init__(self, accepted: socket.socket) -> None:
        super().__init__(fileno=accepted.detach())
        self.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _IN_KERNEL)
        self._left: deque[_Bytes | _File] = deque()
        self.taken = 0  # bytes of this answer
        self.start_clock()

    def start_clock(self) -> None:
        """Set the client's time limit for the rest."""
        self.begun = self.heard = time.monotonic()
        self.deadline = self.begun + GRACE + self.left / LEAST_RATE

    @property
    def left(self) -> int:
        """How many bytes are not with the kernel yet."""
        return sum(part.end - part.at for part in self._left)

    @property
    def held(self) -> int:
        """How many bytes of memory or disk that uses."""
        return sum(part.held for part in self._left)

    def pace(self, now: float) -> float:
        """How many bytes a second the client reads; a new client is not slow."""
        return self.taken / (now - self.begun + 1)

    def is_overdue(self, now: float) -> bool:
        return now > self.deadline or now > self.heard + IDLE

    def send(self, data: Any, flags: int = 0) -> int:
        """Accept everything, as `sendall` does."""
        self.sendall(data, flags)
        return len(data)

    def sendall(self, data: Any, _: int = 0) -> None:
        """Send some, keep the rest, and never wait.

        Raises:
            OSError: The client has gone, is too far behind, or the disk is full.
        """
        self.flush()
        rest = memoryview(data)
        while rest and not self._left:
            sent = self._offer(rest)
            if not sent:
                self._left.append(_Bytes())
            rest = rest[sent:]
        if not rest:
            return
        if self.left + len(rest) > MOST_AHEAD:
            self.discard()
            raise OSError(errno.ENOBUFS, "The client is too far behind its answer")
        last = self._left[-1]
        if not isinstance(last, _Bytes) or last.end > IN_ONE:
            last = _Bytes()
            self._left.append(last)
        last.add(rest)

    def sendfile(self, file: Any, offset: int = 0, count: int | None = None) -> int:
        """Send a part of a file, later from its own descriptor."""
        size = os.fstat(file.fileno()).st_size - offset if count is None else count
        if size > 0:
            self._left.append(_File(file.fileno(), offset, offset + size))
            self.flush()
        return size

    def flush(self, most: int | None = None) -> None:
        """Send what is left, as far as the kernel takes it.

        Args:
            most: How many pieces at most.

        Raises:
            OSError: The client has gone, or a file is shorter than announced.
        """
        while self._left and most != 0:
            part = self._left[0]
            piece = part.read()
            if not piece:
                raise OSError(errno.EIO, "A file is shorter than its answer says")
            sent = self._offer(memoryview(piece))
            if not sent:
                return
            part.at += sent
            if part.at >= part.end:
                self._left.popleft().close()
            most = most and most - 1

    def _offer(self, piece: memoryview) -> int:
        """Return how many bytes the kernel accepts now."""
        try:
            sent = super().send(piece, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return 0
        self.taken += sent
        self.heard = time.monotonic()
        return sent

    def discard(self) -> None:
        """Discard the rest."""
        while self._left:
            self._left.popleft().close()

    def close(self) -> None:
        self.discard()
        super().close()

    def reset(self) -> None:
        """Close without the rest, so that the client sees that it is incomplete."""
        with suppress(OSError):
            linger = struct.pack("ii", 1, 0)
            self.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close()


def in_the_way[Key: Hashable](taking: Mapping[Key, AnswerSocket]) -> Key | None:
    """Return the slowest client, if all answers together hold too much; else None."""
    if sum(one.held for one in taking.values()) <= MOST_HELD:
        return None
    now = time.monotonic()
    holders = [key for key, one in taking.items() if one.held]
    return min(holders, key=lambda key: taking[key].pace(now))
