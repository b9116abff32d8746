"""A worker that gives a thread only to a complete request.

Gunicorn's own worker reads a request in the thread that answers it, so that a few
clients that send half a request hold every thread. Here the main loop collects
requests, within limits of time and size, and `/livez` has a separate thread.
"""

import selectors
import socket
import struct
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from audits.logs import request_name
from config import gunicorn_answers, gunicorn_requests
from config.gunicorn_answers import AnswerSocket
from config.gunicorn_requests import (
    END,
    IN_TURN,
    PIECE,
    REFUSALS,
    Arrival,
    ArrivedFirst,
    Refused,
    address_of,
)

# Seconds: for a thread that reads a complete request, for a client that should close.
READING, LINGER = 30, 2


class WholeRequestWorker(ThreadWorker):  # type: ignore[misc]
    """Collects requests in the main loop, answers them in threads."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.arriving: dict[TConn, Arrival] = {}
        self.answering: dict[TConn, int] = {}  # bytes of requests that threads have
        self.taking: dict[TConn, tuple[AnswerSocket, Future[Any]]] = {}
        self.lingering: dict[TConn, float] = {}
        self.lively = ThreadPoolExecutor(max_workers=1)

    def enqueue_req(self, conn: TConn) -> None:
        """Wait for the next request of a connection, new or kept."""
        already = b""
        if not conn.initialized:
            conn.sock = AnswerSocket(conn.sock)
        else:
            already = conn.parser.unreader.take_buffered()
        conn.sock.setblocking(False)
        try:
            self.arriving[conn] = Arrival(already, address_of(conn.client))
        except Refused as refusal:
            self._refuse(conn, refusal.status)
            return
        self.poller.register(
            conn.sock, selectors.EVENT_READ, partial(self._receive, conn)
        )
        self._receive(conn)

    def _receive(self, conn: TConn, _: socket.socket | None = None) -> None:
        arrival = self.arriving.get(conn)
        if arrival is None:  # dropped for another after the main loop was notified
            return
        try:
            self._take_in(conn, arrival)
        except BlockingIOError:
            return
        except OSError:
            self._drop(conn)
        except Refused as refusal:
            self._refuse(conn, refusal.status)
        except Exception:  # of one client, irrelevant to the others
            self.log.exception("dropped a request")
            self._drop(conn)
        else:
            self._hand_over(conn)

    def _take_in(self, conn: TConn, arrival: Arrival) -> None:
        """Store the received part of a request; return once it is complete.

        Raises:
            BlockingIOError: More is to come.
            OSError: The client has gone.
            Refused: It is refused.
        """
        pieces = 0
        while not arrival.is_whole:
            if pieces == IN_TURN:
                raise BlockingIOError
            pieces += 1
            piece = conn.sock.recv(arrival.wanted)
            if not piece:
                raise ConnectionResetError
            arrival.add(piece)
            self._make_room(conn)
            if arrival.expects:
                arrival.expects = False
                conn.sock.send(b"HTTP/1.1 100 Continue" + END)
        arrival.rewind()

    def _make_room(self, conn: TConn) -> None:
        """Drop the largest bodies, if all hold too much.

        Raises:
            Refused: This is one of them.
        """
        while (other := self._in_the_way()) is not None:
            if other is conn:
                raise Refused(503)
            self._refuse(other, 503)

    def _in_the_way(self) -> TConn | None:
        answered = sum(self.answering.values())
        return gunicorn_requests.in_the_way(self.arriving, answered)

    def _hand_over(self, conn: TConn) -> None:
        """Let a thread answer a complete request."""
        arrival = self._forget(conn)
        conn.close = partial(self._close, conn)
        seconds = struct.pack("ll", READING, 0)
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, seconds)
        conn.init()
        conn.data_ready = True
        conn.sock.taken = 0
        unreader = conn.parser.unreader
        if not isinstance(unreader, ArrivedFirst):
            unreader = conn.parser.unreader = ArrivedFirst(conn.sock)
        if arrival.missing:  # a second request came with it, for gunicorn to see
            unreader.unread(arrival.content.read())
            arrival.close()
        else:
            unreader.arrival = arrival
            self.answering[conn] = arrival.size
        is_livez = arrival.head.startswith((b"GET /livez ", b"HEAD /livez "))
        pool = self.lively if is_livez else self.tpool
        done = pool.submit(self._answer, conn)
        done.add_done_callback(
            lambda future: self.method_queue.defer(self.finish_request, conn, future)
        )

    def _answer(self, conn: TConn) -> Any:
        """Answer in a thread, under no other request's name."""
        request_name.take_off()
        try:
            return self.handle(conn)
        finally:  # a kept connection has read its body to the end
            conn.parser.unreader.end()

    def finish_request(self, conn: TConn, done: "Future[Any]") -> None:
        """Let the client read its answer, before its next request or the end."""
        self.answering.pop(conn, None)
        if not conn.sock.left:
            super().finish_request(conn, done)
            return
        conn.sock.setblocking(False)
        conn.sock.start_clock()
        self.taking[conn] = conn.sock, done
        self.poller.register(
            conn.sock, selectors.EVENT_WRITE, partial(self._send, conn)
        )
        answers = {one: sock for one, (sock, _) in self.taking.items()}
        while (other := gunicorn_answers.in_the_way(answers)) is not None:
            del answers[other]
            self._drop_answer(other, "others need its room")

    def _send(self, conn: TConn, sock: AnswerSocket) -> None:
        """Send more of an answer; once it is sent, continue as gunicorn does."""
        if conn not in self.taking:  # dropped for another in the meantime
            return
        try:
            sock.flush(gunicorn_answers.IN_TURN)
        except OSError as error:
            self._drop_answer(conn, str(error))
        else:
            if not sock.left:
                self.poller.unregister(sock)
                super().finish_request(conn, self.taking.pop(conn)[1])

    def _drop_answer(self, conn: TConn, why: str) -> None:
        self.log.warning("dropped an answer: %s", why)
        sock, _ = self.taking.pop(conn)
        self.poller.unregister(sock)
        self.nr_conns -= 1
        sock.reset()

    def murder_pending(self) -> None:
        """Drop slow clients; gunicorn calls this every second."""
        super().murder_pending()
        now = time.monotonic()
        for conn, until in list(self.lingering.items()):
            if now > until:
                self._end(conn)
        for conn, (sock, _) in list(self.taking.items()):
            if sock.is_overdue(now):
                self._drop_answer(conn, "the client takes it too slowly")
        for conn, arrival in list(self.arriving.items()):
            if not arrival.head and not self.alive:
                self._drop(conn)
            elif arrival.is_overdue(now):
                self._drop_late(conn, arrival)

    def _drop_late(self, conn: TConn, arrival: Arrival) -> None:
        if arrival.head:
            self._refuse(conn, 408)
        else:
            self._drop(conn)

    def _refuse(self, conn: TConn, status: int) -> None:
        """Send the reason for a refusal, if the client listens, and close."""
        reason = REFUSALS[status]
        self.log.warning("dropped a request: %s %s", status, reason.decode())
        body = reason + b"\n"
        with suppress(OSError):  # a client that has gone needs no answer
            conn.sock.send(
                b"HTTP/1.1 %d %b\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n"
                b"Connection: close%b%b" % (status, reason, len(body), END, body)
            )
        self._drop(conn, graceful=True)

    def _drop(self, conn: TConn, *, graceful: bool = False) -> None:
        if conn in self.arriving:
            self._forget(conn).close()
        self.nr_conns -= 1
        self._close(conn, graceful=graceful)

    def _close(self, conn: TConn, *, graceful: bool = False) -> None:
        """Close; if gracefully, only after the client has read its answer.

        Gunicorn's own main loop would wait up to two seconds for that.
        """
        vars(conn).pop("close", None)  # it holds the connection, and everything it has
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
