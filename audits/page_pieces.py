"""Pages in pieces: what is most of a page is copied and compressed once for many.

While such a page is drawn, a mark takes the place of each large passage. The page is
then put together of the bytes between the marks and those of the passages; a compressed
page is put together in the same way, since a passage that is compressed alone may be
anywhere in a stream.
"""

import re
import secrets
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from django.http import HttpResponse

_LEVEL = 3  # half the time of Django's 6, for a tenth more bytes
# What looks back 16 KB needs half the memory, which is got for each page: as many bytes
# are sent, in half the time.
_LOOKS_BACK, _MEMORY = 14, 7
_FEW = 200  # bytes that are sent as they are: compressing them takes too long
# No text of a person has one: what they write is escaped, and nobody can guess it.
_MARK = f"<passage {secrets.token_hex(8)} "
_MARKS = re.compile(rf"{_MARK}(\d+)>")


@dataclass(frozen=True, slots=True)
class Passage:
    """A large part of a page: its bytes, and the same compressed alone."""

    text: bytes
    packed: bytes

    @classmethod
    def of(cls, text: str) -> Self:
        """Return what is drawn as it is sent."""
        content = text.encode()
        packer = _packer()
        packed = packer.compress(content) + packer.flush(zlib.Z_FULL_FLUSH)
        return cls(content, packed)


type Piece = bytes | Passage


@dataclass(frozen=True, slots=True)
class Passages:
    """The passages of a page that is being drawn."""

    placed: list[Passage] = field(default_factory=list)

    def mark(self, passage: Passage) -> str:
        """Return the mark that takes the place of a passage."""
        self.placed.append(passage)
        return f"{_MARK}{len(self.placed) - 1}>"

    def pieces(self, text: str) -> tuple[Piece, ...]:
        """Return the pieces of a text with marks."""
        return tuple(
            self.placed[int(part)] if place % 2 else part.encode()
            for place, part in enumerate(_MARKS.split(text))
        )


class PageInPieces(HttpResponse):
    """A page that knows of which pieces it is put together, once something asks."""

    def __init__(self, pieces: tuple[Piece, ...], status: int = 200) -> None:
        super().__init__(status=status)
        self._pieces = pieces
        self._container = self._texts = [text_of(piece) for piece in pieces]
        # Django would put the page together to count it.
        self.headers["Content-Length"] = str(sum(map(len, self._texts)))

    @property
    def content(self) -> bytes:
        """The whole page."""
        return b"".join(self._container)

    @content.setter
    def content(self, value: object) -> None:
        self.headers.pop("Content-Length", None)
        HttpResponse.content.fset(self, value)  # type: ignore[attr-defined]

    def write(self, content: object) -> None:
        self.headers.pop("Content-Length", None)
        super().write(content)  # type: ignore[arg-type]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Its pieces, or all of it if something changed it."""
        is_whole = self._container is self._texts
        if is_whole and len(self._texts) == len(self._pieces):
            return self._pieces
        return (self.content,)


def text_of(piece: Piece) -> bytes:
    """Return the bytes of a piece."""
    return piece.text if isinstance(piece, Passage) else piece


def gzipped(pieces: Iterable[Piece], padding: str) -> bytes:
    """Compress pieces to one file, whose length a file name of this padding hides."""
    packer = _packer()
    named = b"\x08" if padding else b"\0"
    parts = [b"\x1f\x8b\x08", named, b"\0\0\0\0\0\xff"]
    if padding:
        parts += padding.encode(), b"\0"
    check = length = 0
    for piece in pieces:
        text = text_of(piece)
        if isinstance(piece, Passage):
            parts += packer.flush(zlib.Z_FULL_FLUSH), piece.packed
        elif len(text) < _FEW:
            parts += packer.flush(zlib.Z_FULL_FLUSH), *_stored(text)
        else:
            parts.append(packer.compress(text))
        check, length = zlib.crc32(text, check), length + len(text)
    parts += packer.flush(), check.to_bytes(4, "little"), length.to_bytes(4, "little")
    return b"".join(parts)


def _stored(text: bytes) -> tuple[bytes, ...]:
    """Return a text as a stream has it that is not compressed."""
    length = len(text)
    sizes = length.to_bytes(2, "little") + (length ^ 0xFFFF).to_bytes(2, "little")
    return b"\0" + sizes, text


def _packer() -> "zlib._Compress":
    """Return what compresses to a stream without a head."""
    return zlib.compressobj(_LEVEL, wbits=-_LOOKS_BACK, memLevel=_MEMORY)
