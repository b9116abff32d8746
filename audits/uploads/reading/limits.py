"""What a kind of file is read by, and what that may take."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

from audits.uploads.reading.refusals import UnreadableUploadError

MEGABYTE = 1024 * 1024

type Content = bytes | IO[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What reading one file may take: bytes, and seconds of work and of waiting.

    `result` is how long the answer may be, a refusal too.
    """

    memory: int = 512 * MEGABYTE
    cpu: int = 10
    wall: float = 20
    result: int = MEGABYTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader[T]:
    """What reads a kind of file.

    Attributes:
        function: Its module and name, `package.module:function`. It is called in the
            other process with the file and the options, and returns what JSON can say.
        made: Makes of that what the caller gets; raises ValueError, TypeError or
            LookupError if it is none.
        refusal: What is raised with the sentence of a refusal.
        too_much: The sentence for a file that takes too much work, or breaks it.
        limits: What it may take.
    """

    function: str
    made: Callable[[Any], T]
    refusal: type[UnreadableUploadError]
    too_much: str
    limits: Limits
