"""The reader of a kind of file, and its limits."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

from audits.uploads.reading.refusals import UnreadableUploadError

MEGABYTE = 1024 * 1024

type Content = bytes | IO[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits for reading one file: bytes, and seconds of work and of waiting.

    `result` is the longest answer, including a refusal.
    """

    memory: int = 512 * MEGABYTE
    cpu: int = 10
    wall: float = 20
    result: int = MEGABYTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader[T]:
    """The reader of a kind of file.

    Attributes:
        function: Its module and name, `package.module:function`. It is called in the
            other process with the file and the options, and returns JSON values.
        made: Turns them into the caller's result; raises ValueError, TypeError or
            LookupError if they are invalid.
        refusal: The error raised with the sentence of a refusal.
        too_much: The sentence for a file that is too complex, or breaks the reader.
        limits: Its limits.
    """

    function: str
    made: Callable[[Any], T]
    refusal: type[UnreadableUploadError]
    too_much: str
    limits: Limits
