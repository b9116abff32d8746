"""The bytes of a file, unpacked a part at a time if they are packed with gzip."""

import gzip
import io
import zlib
from typing import IO

from audits.usage.rows import RefusedUsageError

MOST_BYTES = 110_000_000  # unpacked
GZIP = b"\x1f\x8b"
_BROKEN = (EOFError, OSError, zlib.error)


class Unpacked(io.RawIOBase):
    """The bytes of a file, of which no more is read than a usage file may have.

    Args:
        file: The open file, packed with gzip or not; it is left open.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek(0)

    def readable(self) -> bool:
        """Whether it can be read, which is always so."""
        return True

    def seek(self, place: int, whence: int = 0) -> int:
        """Begin again; no other place can be gone to."""
        if place or whence:
            raise io.UnsupportedOperation
        self._file.seek(0)
        is_packed = self._file.read(len(GZIP)) == GZIP
        self._file.seek(0)
        self._source: IO[bytes] | gzip.GzipFile = self._file
        if is_packed:
            self._source = gzip.GzipFile(fileobj=self._file)
        self._read = 0
        return 0

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """Read the next bytes into a buffer, and return how many.

        Raises:
            RefusedUsageError: There are too many, or they are packed and broken.
        """
        try:
            found = self._source.read(len(buffer))
        except _BROKEN as error:
            message = "The file is cut off or broken: pack it again, and select it."
            raise RefusedUsageError(message) from error
        self._read += len(found)
        if self._read > MOST_BYTES:
            message = (
                f"The file is larger than {MOST_BYTES // 1_000_000} MB: export a "
                "shorter period."
            )
            raise RefusedUsageError(message)
        buffer[: len(found)] = found
        return len(found)
