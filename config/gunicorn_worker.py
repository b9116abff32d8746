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

from audits.logs import request_name

# Seconds: for all headers; for each further piece of a body; for a body, and how many
# bytes a second make it longer; for a client that does not take its answer, or close.
HEADERS, IDLE, BODY, LEAST_RATE, TAKING, LINGER = 10, 15, 30, 64 * 1024, 30, 2
# Bytes. A body may be larger than a file that is taken, so that the site can say so.
MOST_HEADERS, MOST_BODY, IN_MEMORY, PIECE = 64 * 1024, 32 * 1024**2, 512 * 1024, 65536
# Bytes of all requests of one process that are not wholly here.
MOST_HELD = 128 * 1024**2
_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length[ \t]*:([^\r]*)", re.I)
_NUMBER = re.compile(rb"[ \t]*(\d{1,12})[ \t]*")
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.I)
_EXPECTS = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.I)
_REFUSALS = {
    400: b"Bad Request",
    408: b"Request Timeout",
    411: b"Length Required",
    413: b"Content Too Large",
    431: b"Request Header Fields Too Large",
    503: b"Service Unavailable",
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
        self.size = self.of_this_piece = 0  # bytes
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
        now = time.monotonic()
        try:
            self.content.write(piece)
        except OSError as error:
            raise Refused(507) from error
        self.size += len(piece)
        self.of_this_piece += len(piece)
        if self.missing is None or self.of_this_piece >= PIECE:
            self.heard, self.of_this_piece = now, 0
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
        length = 0
        if said := _LENGTH.findall(head):
            number = _NUMBER.fullmatch(said[0])
            if len(said) > 1 or number is None:
                raise Refused(400)
            length = int(number[1])
        if length > MOST_BODY:
            raise Refused(413)
        self.missing = length - here
        self.deadline = self.heard + BODY + length / LEAST_RATE
        self.expects = self.missing > 0 and bool(_EXPECTS.search(head))

    def rewind(self) -> None:
        """Go to the start, to be read.

        Raises:
            Refused: The end of it does not fit on the disk.
        """
        try:
            self.content.seek(0)
        except OSError as error:
            raise Refused(507) from error

    def close(self) -> None:
        with suppress(OSError):  # what could not be written is not wanted either
            self.content.close()

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
            self.arrival.close()
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
        try:
            self._take_in(conn, self.arriving[conn])
        except BlockingIOError:
            return
        except OSError:
            self._drop(conn)
        except Refused as refusal:
            self._refuse(conn, refusal.status)
        except Exception:  # of one client, and no matter of the others
            self.log.exception("dropped a request")
            self._drop(conn)
        else:
            self._hand_over(conn)

    def _take_in(self, conn: TConn, arrival: Arrival) -> None:
        """Keep what has come of a request; return when all of it is here.

        Raises:
            BlockingIOError: More is to come.
            OSError: The client has gone.
            Refused: It is not taken in.
        """
        while not arrival.is_whole:
            piece = conn.sock.recv(arrival.wanted)
            if not piece:
                raise ConnectionResetError
            arrival.add(piece)
            if sum(one.size for one in self.arriving.values()) > MOST_HELD:
                raise Refused(503)
            if arrival.expects:
                arrival.expects = False
                conn.sock.send(b"HTTP/1.1 100 Continue" + _END)
        arrival.rewind()

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
        if arrival.missing:  # a second request came with it, for gunicorn to see
            unreader.unread(arrival.content.read())
            arrival.close()
        else:
            unreader.arrival = arrival
        is_livez = arrival.head.startswith((b"GET /livez ", b"HEAD /livez "))
        pool = self.lively if is_livez else self.tpool
        done = pool.submit(self._answer, conn)
        done.add_done_callback(
            lambda future: self.method_queue.defer(self.finish_request, conn, future)
        )

    def _answer(self, conn: TConn) -> Any:
        """Answer in a thread, under no other request's name."""
        request_name.take_off()
        return self.handle(conn)

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
            self._forget(conn).close()
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
