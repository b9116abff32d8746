"""A worker that gives a thread only to a request that is wholly here.

Gunicorn's own reads a request in the thread that answers it, so that a few clients
which send half of one hold every thread. Here the main loop collects what comes in,
within limits of time and size, and `/livez` has a thread of its own.
"""

import re
import selectors
import socket
import struct
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import Any

from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import TConn, ThreadWorker

# Seconds: for all headers; without a byte of the body; for a body, and how many bytes
# a second make it longer; for a client that does not take its answer, or not close.
HEADERS, IDLE, BODY, LEAST_RATE, TAKING, LINGER = 10, 15, 30, 64 * 1024, 30, 2
# Bytes. A body may be larger than a file that is taken, so that the site can say so.
MOST_HEADERS, MOST_BODY, IN_MEMORY, PIECE = 64 * 1024, 64 * 1024**2, 512 * 1024, 65536
_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,12})[ \t]*\r\n", re.I)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.I)
_EXPECTS = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.I)
_REFUSALS = {
    408: b"Request Timeout",
    411: b"Length Required",
    413: b"Content Too Large",
    431: b"Request Header Fields Too Large",
    507: b"Insufficient Storage",
}


class Refused(Exception):  # noqa: N818 - the status says what is wrong
    """A request that is not taken in."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(_REFUSALS[status].decode())


class Arrival:
    """What has come in of one request."""

    def __init__(self, already: bytes) -> None:
        self.content = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        self.head = b""
        self.missing: int | None = None  # bytes of the body; None before all headers
        self.begun = self.heard = time.monotonic()
        self.deadline = self.begun + HEADERS
        self.expects = False
        if already:
            self.add(already)

    @property
    def is_whole(self) -> bool:
        return self.missing is not None and self.missing <= 0

    @property
    def wanted(self) -> int:
        """How much to read: never more than this request has, once that is known."""
        return min(PIECE, self.missing) if self.missing else PIECE

    def add(self, piece: bytes) -> None:
        """Keep what came in.

        Raises:
            Refused: It is too much, or does not say how much it is.
        """
        self.heard = time.monotonic()
        try:
            self.content.write(piece)
        except OSError as error:
            raise Refused(507) from error
        if self.missing is not None:
            self.missing -= len(piece)
            return
        self.head += piece
        head, end, rest = self.head.partition(_END)
        if end:
            self._expect_body(head + b"\r\n", len(rest))
        elif len(self.head) > MOST_HEADERS:
            raise Refused(431)

    def _expect_body(self, head: bytes, here: int) -> None:
        """Read how much is to come; what the request means is for gunicorn to say."""
        if _CHUNKED.search(head):
            raise Refused(411)
        length = max((int(found) for found in _LENGTH.findall(head)), default=0)
        if length > MOST_BODY:
            raise Refused(413)
        self.missing = length - here
        self.deadline = self.heard + BODY + length / LEAST_RATE
        self.expects = self.missing > 0 and bool(_EXPECTS.search(head))

    def is_overdue(self, now: float) -> bool:
        return now > self.deadline or (bool(self.head) and now > self.heard + IDLE)


class _ArrivedFirst(SocketUnreader):  # type: ignore[misc]
    """Reads what has arrived, then the socket."""

    arrival: Arrival | None = None

    def chunk(self, size_hint: int | None = None) -> bytes:
        if self.arrival:
            piece = self.arrival.content.read(max(size_hint or 0, self.mxchunk))
            if piece:
                return piece
            self.arrival.content.close()
            self.arrival = None
        received: bytes = super().chunk(size_hint)
        return received


class WholeRequestWorker(ThreadWorker):  # type: ignore[misc]
    """Collects requests in the main loop, answers them in threads."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.arriving: dict[TConn, Arrival] = {}
        self.lingering: dict[TConn, float] = {}
        self.lively = ThreadPoolExecutor(max_workers=1)

    def enqueue_req(self, conn: TConn) -> None:
        """Wait for the next request of a connection, be it new or kept."""
        already = b""
        if conn.initialized:
            already = conn.parser.unreader.take_buffered()
        conn.sock.setblocking(False)
        try:
            self.arriving[conn] = Arrival(already)
        except Refused as refusal:
            self._refuse(conn, refusal.status)
            return
        self.poller.register(
            conn.sock, selectors.EVENT_READ, partial(self._receive, conn)
        )
        self._receive(conn)

    def _receive(self, conn: TConn, _: socket.socket | None = None) -> None:
        arrival = self.arriving[conn]
        try:
            while not arrival.is_whole:
                piece = conn.sock.recv(arrival.wanted)
                if not piece:
                    self._drop(conn)
                    return
                arrival.add(piece)
                if arrival.expects:
                    arrival.expects = False
                    conn.sock.send(b"HTTP/1.1 100 Continue" + _END)
        except BlockingIOError:
            return
        except OSError:
            self._drop(conn)
        except Refused as refusal:
            self._refuse(conn, refusal.status)
        else:
            self._hand_over(conn)

    def _hand_over(self, conn: TConn) -> None:
        """Let a thread answer a request that is wholly here."""
        arrival = self._forget(conn)
        conn.close = partial(self._close, conn)
        _bound_waiting(conn.sock)
        conn.init()
        conn.data_ready = True
        unreader = conn.parser.unreader
        if not isinstance(unreader, _ArrivedFirst):
            unreader = conn.parser.unreader = _ArrivedFirst(conn.sock)
        arrival.content.seek(0)
        if arrival.missing:  # a second request came with it, for gunicorn to see
            unreader.unread(arrival.content.read())
        else:
            unreader.arrival = arrival
        is_livez = arrival.head.startswith((b"GET /livez ", b"HEAD /livez "))
        pool = self.lively if is_livez else self.tpool
        done = pool.submit(self.handle, conn)
        done.add_done_callback(
            lambda future: self.method_queue.defer(self.finish_request, conn, future)
        )

    def murder_pending(self) -> None:
        """Drop who is too slow; gunicorn calls this every second."""
        super().murder_pending()
        now = time.monotonic()
        for conn, until in list(self.lingering.items()):
            if now > until:
                self._end(conn)
        for conn, arrival in list(self.arriving.items()):
            if not arrival.head and not self.alive:
                self._drop(conn)
            elif arrival.is_overdue(now):
                if arrival.head:
                    self._refuse(conn, 408)
                else:
                    self._drop(conn)

    def _refuse(self, conn: TConn, status: int) -> None:
        """Say why a request is not taken, if the client listens, and close."""
        reason = _REFUSALS[status]
        self.log.warning("dropped a request: %s %s", status, reason.decode())
        body = reason + b"\n"
        with suppress(OSError):  # who has gone needs no answer
            conn.sock.send(
                b"HTTP/1.1 %d %b\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n"
                b"Connection: close%b%b" % (status, reason, len(body), _END, body)
            )
        self._drop(conn, graceful=True)

    def _drop(self, conn: TConn, *, graceful: bool = False) -> None:
        if conn in self.arriving:
            self._forget(conn).content.close()
        self.nr_conns -= 1
        self._close(conn, graceful=graceful)

    def _close(self, conn: TConn, *, graceful: bool = False) -> None:
        """Close; if gracefully, then when the client has read its answer.

        In gunicorn's own way the main loop waits up to two seconds for that.
        """
        if not graceful:
            conn.sock.close()
            return
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            conn.sock.close()
            return
        self.lingering[conn] = time.monotonic() + LINGER
        self.poller.register(
            conn.sock, selectors.EVENT_READ, partial(self._discard, conn)
        )

    def _discard(self, conn: TConn, _: socket.socket) -> None:
        """Read what a client still sends, until it closes or its time is over."""
        with suppress(OSError):
            if conn.sock.recv(PIECE) and time.monotonic() < self.lingering[conn]:
                return
        self._end(conn)

    def _end(self, conn: TConn) -> None:
        self.poller.unregister(conn.sock)
        del self.lingering[conn]
        conn.sock.close()

    def _forget(self, conn: TConn) -> Arrival:
        self.poller.unregister(conn.sock)
        return self.arriving.pop(conn)


def _bound_waiting(sock: socket.socket) -> None:
    """Let a thread's reads and writes end, should a client stop to take part."""
    seconds = struct.pack("ll", TAKING, 0)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, seconds)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, seconds)
