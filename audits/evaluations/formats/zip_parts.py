"""Reads a few named parts of a zip file, within limits, and unpacks nothing else."""

import io
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from audits.evaluations.formats.fields import visible
from audits.evaluations.runs import RefusedEvaluationError

MOST_PARTS = 20_000
MOST_UNPACKED = 50_000_000  # bytes of all parts that are read
_ENCRYPTED = 0x1
_SHOWN = 60  # characters of a name
_ZSTANDARD = 93
_BROKEN = (
    zlib.error,
    struct.error,
    *(EOFError, OSError, RuntimeError, ValueError, OverflowError),
)


class ZipParts:
    """The parts of a zip file; `left` is how many bytes may still be unpacked."""

    def __init__(self, raw: bytes) -> None:
        import zipfile  # noqa: PLC0415 - takes a while

        with _refusing():
            self._archive = zipfile.ZipFile(io.BytesIO(raw))
        parts = self._archive.infolist()
        if len(parts) > MOST_PARTS:
            _refuse(f"has more than {MOST_PARTS:,} files: keep only the results in it")
        self.names = [part.filename for part in parts]
        for name, count in Counter(self.names).items():
            if count > 1:
                _refuse(f"has “{_shown(name)}” {count} times: make it again")
            if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split(
                "/"
            ):
                _refuse(f"has a file outside of it, “{_shown(name)}”: make it again")
        self.left = MOST_UNPACKED

    def read(self, name: str) -> bytes:
        """Return the bytes of a part.

        Raises:
            RefusedEvaluationError: It is not there, broken, encrypted, or too large.
        """
        if name not in self.names:
            _refuse(f"has no “{_shown(name)}”: export the results again")
        part = self._archive.getinfo(name)
        if part.flag_bits & _ENCRYPTED:
            _refuse("has a password: make it again without one")
        with _refusing(), self._archive.open(part) as packed:
            content = packed.read(self.left + 1)
        if len(content) > self.left:
            _refuse(
                f"unpacks to more than {MOST_UNPACKED // 1_000_000} MB: keep only the "
                f"results in it"
            )
        self.left -= len(content)
        return content

    def is_zstandard(self, name: str) -> bool:
        """Return whether a part needs a decompressor that only Python 3.14 brings."""
        return self._archive.getinfo(name).compress_type == _ZSTANDARD


@contextmanager
def _refusing() -> Iterator[None]:
    import zipfile  # noqa: PLC0415 - takes a while

    try:
        yield
    except RefusedEvaluationError:
        raise
    except NotImplementedError as error:
        message = (
            "The zip file is compressed in a way that Attune cannot read: make it "
            "again with an ordinary zip program, and select that file."
        )
        raise RefusedEvaluationError(message) from error
    except (zipfile.BadZipFile, *_BROKEN) as error:
        message = "The zip file is cut off or broken: make it again, and select it."
        raise RefusedEvaluationError(message) from error


def _refuse(what: str) -> None:
    message = f"The zip file {what}, and select that file."
    raise RefusedEvaluationError(message)


def _shown(name: str) -> str:
    return visible(name[:_SHOWN])
