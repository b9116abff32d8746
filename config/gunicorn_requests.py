"""Collects a request, within limits, until it is complete."""

import ipaddress
import re
import time
from collections import Counter
from collections.abc import Hashable, Mapping
from contextlib import suppress
from tempfile import SpooledTemporaryFile

from gunicorn.http.unreader import SocketUnreader

# Seconds: for all headers; for each further piece of a body; for a body, and how many
# bytes a second make it longer.
HEADERS, IDLE, BODY, LEAST_RATE = 10, 15, 30, 64 * 1024
# Bytes. Of a body, more is kept than of an accepted file, so that the site can say that
# the file is too large. A longer body is read to its end without its middle: the fields
# of a form are before and behind the file, in less than its `TAIL`.
MOST_HEADERS, MOST_BODY, IN_MEMORY, PIECE = 64 * 1024, 32 * 1024**2, 512 * 1024, 65536
TAIL, IN_TURN = 1024**2, 64  # pieces of one body that are read in turn
# Bytes of all incomplete requests of one process, and of one address.
MOST_HELD, SHARE = 128 * 1024**2, 64 * 1024**2
END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length[ \t]*:([^\r]*)", re.I)
_NUMBER = re.compile(rb"[ \t]*(\d{1,12})[ \t]*")
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.I)
_EXPECTS = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.I)
REFUSALS = {
    400: b"Bad Request",
    408: b"Request Timeout",
    411: b"Length Required",
    431: b"Request Header Fields Too Large",
    503: b"Service Unavailable",
    507: b"Insufficient Storage",
}


class Refused(Exception):  # noqa: N818 - the status says what is wrong
    """A refused request."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(REFUSALS[status].decode())


class Arrival:
    """The received part of one request."""

    def __init__(self, already: bytes, address: str | None = None) -> None:
        self.content = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        self.head = b""
        self.missing: int | None = None  # bytes of the body; None before all headers
        self.length, self.left_out = 0, range(0)  # of the body, and what is not kept
        self.size = self.of_this_piece = 0  # bytes that are kept
        self.begun = self.heard = time.monotonic()
        self.deadline = self.begun + HEADERS
        self.expects = False
        self.address = address  # of the sender; None if that may be a proxy
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
        """Store a received part.

        Raises:
            Refused: Its head is too large, or it does not give its length.
        """
        now = time.monotonic()
        self._keep(piece if self.missing is None else self._without_middle(piece))
        self.of_this_piece += len(piece)
        if self.missing is None or self.of_this_piece >= PIECE:
            self.heard, self.of_this_piece = now, 0
        if self.missing is not None:
            self.missing -= len(piece)
            return
        self.head += piece
        head, end, rest = self.head.partition(END)
        if end:
            self._expect_body(head + b"\r\n", rest)
        elif len(self.head) > MOST_HEADERS:
            raise Refused(431)

    def _keep(self, piece: bytes) -> None:
        try:
            self.content.write(piece)
        except OSError as error:
            raise Refused(507) from error
        self.size += len(piece)

    def _without_middle(self, piece: bytes) -> bytes:
        """Return what is kept of a piece of the body."""
        at = self.length - (self.missing or 0)
        before, behind = self.left_out.start - at, self.left_out.stop - at
        return piece[: max(0, before)] + piece[max(0, behind) :]

    def _expect_body(self, head: bytes, rest: bytes) -> None:
        """Read the length; gunicorn interprets the request."""
        if _CHUNKED.search(head):
            raise Refused(411)
        length = 0
        if said := _LENGTH.findall(head):
            number = _NUMBER.fullmatch(said[0])
            if len(said) > 1 or number is None:
                raise Refused(400)
            length = int(number[1])
        if length > MOST_BODY:
            self._leave_out_middle(head, rest, length)
        self.length, self.missing = length, length - len(rest)
        self.deadline = self.heard + BODY + length / LEAST_RATE
        self.expects = self.missing > 0 and bool(_EXPECTS.search(head))

    def _leave_out_middle(self, head: bytes, rest: bytes, length: int) -> None:
        """Begin again with a head that says how long the kept part is."""
        self.left_out = range(MOST_BODY - TAIL, length - TAIL)
        self.content.seek(0)
        self.content.truncate()
        self.size = 0
        self._keep(_LENGTH.sub(b"\r\nContent-Length: %d" % MOST_BODY, head))
        self._keep(b"\r\n" + rest)

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
        with suppress(OSError):  # what could not be written is not needed either
            self.content.close()

    def is_overdue(self, now: float) -> bool:
        return now > self.deadline or (bool(self.head) and now > self.heard + IDLE)


def address_of(client: object) -> str | None:
    """Return the address of a client for the limits; None for a possible proxy."""
    if not isinstance(client, tuple):
        return None  # a socket of this machine
    address = ipaddress.ip_address(client[0].partition("%")[0])
    if not address.is_global:
        return None
    bits = 64 if address.version == 6 else 32  # noqa: PLR2004 - a household's
    return str(ipaddress.ip_network((address, bits), strict=False))


def in_the_way[Key: Hashable](
    arriving: Mapping[Key, Arrival], answered: int = 0
) -> Key | None:
    """Return the request to drop for the others; None if there is space.

    Besides arriving requests, those being answered hold `answered` bytes. It is the
    largest request of the address that holds most. Through a proxy, each counts
    separately. A request without a body is never dropped.
    """
    total = answered + sum(one.size for one in arriving.values())
    if total <= SHARE:
        return None
    held = Counter[Hashable]()
    for key, one in arriving.items():
        held[one.address or key] += one.size
    found = [
        (held[one.address or key], one.size, key)
        for key, one in arriving.items()
        if one.missing and (total > MOST_HELD or held[one.address or key] > SHARE)
    ]
    return max(found, key=lambda row: row[:2])[2] if found else None


class ArrivedFirst(SocketUnreader):  # type: ignore[misc]
    """Reads what has arrived, then the socket."""

    arrival: Arrival | None = None

    def chunk(self, size_hint: int | None = None) -> bytes:
        if self.arrival:
            # Gunicorn copies what it holds at each read, so it never holds much.
            size = min(max(size_hint or 0, self.mxchunk), PIECE)
            piece = self.arrival.content.read(size)
            if piece:
                return piece
            self.arrival.close()
            self.arrival = None
        received: bytes = super().chunk(size_hint)
        return received

    def end(self) -> None:
        """Release an answered request; nobody reads it any more."""
        if self.arrival:
            self.arrival.close()
            self.arrival = None
