"""JSON objects, one after another, of which only one part is in memory at a time."""

import codecs
import json
import re
from collections.abc import Iterator
from typing import IO, Any, NoReturn

from audits.evaluations.formats.fields import visible
from audits.evaluations.formats.json_text import MOST_DEPTH, FaultError, decoder
from audits.json_depth import is_deeper
from audits.usage.rows import USAGE, RefusedUsageError

MOST_IN_MEMORY = 8_000_000  # characters of one value
_BLOCK = 256 * 1024
_NEAR = 64  # characters that may be missing at the end of a value
_WHITE = re.compile(r"[ \t\r\n]+")


class JsonStream:
    """The JSON objects of a file, such as one a line.

    Args:
        file: The open file, in UTF-8.
        name: How people call it, such as "LiteLLM file".
    """

    def __init__(self, file: IO[bytes], name: str) -> None:
        self._file, self._name = file, name
        self._decoder, self._text, self._at = decoder(), "", 0
        self._utf8 = codecs.getincrementaldecoder("utf-8-sig")()
        self._line, self._bytes, self._is_end = 1, 0, False

    def members(self) -> Iterator[tuple[int, str, Any]]:
        """Yield what is in each object: its number, a name, and a value.

        A list is yielded value by value, and an empty one not at all, so that a long
        list is never in memory.

        Raises:
            RefusedUsageError: It is cut off, not JSON, nested too deep, too long in one
                value, or has a name twice in one object.
        """
        number = 0
        while self._next():
            self._take("{")
            names: set[str] = set()
            closed = self._next() == "}"
            while not closed:
                name = self._value()
                if not isinstance(name, str):
                    self._not_json(self._at)
                if name in names:
                    self._refuse(f"has the name “{visible(name)}” twice in one object")
                names.add(name)
                self._next()
                self._take(":")
                for value in self._values():
                    yield number, name, value
                closed = self._next() == "}"
                if not closed:
                    self._take(",")
                    self._next()
            self._take("}")
            number += 1

    def _values(self) -> Iterator[Any]:
        """Yield the value that begins here; of a list, each value."""
        if self._next() != "[":
            yield self._value()
            return
        self._take("[")
        closed = self._next() == "]"
        while not closed:
            yield self._value()
            closed = self._next() == "]"
            if not closed:
                self._take(",")
        self._take("]")

    def objects(self) -> Iterator[Any]:
        """Yield each object whole.

        Raises:
            RefusedUsageError: As `members`.
        """
        while self._next():
            if self._text[self._at] != "{":
                self._not_json(self._at)
            yield self._value()

    def _next(self) -> str:
        """Go to the next character that is not white space; empty at the end."""
        while True:
            white = _WHITE.match(self._text, self._at)
            self._at = white.end() if white else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def _take(self, sign: str) -> None:
        if self._next() != sign:
            self._not_json(self._at)
        self._at += 1

    def _value(self) -> Any:
        """Return the value that begins here, and go behind it."""
        self._next()
        found = self._decoded()
        # The digits of a number may go on.
        while found is None or (found[1] == len(self._text) and self._more()):
            found = self._decoded()
        value, end = found
        if is_deeper(self._text[self._at : end], MOST_DEPTH):
            self._too_deep()
        self._at = end
        return value

    def _decoded(self) -> tuple[Any, int] | None:
        """Return a value and where it ends; None if more was read to find its end."""
        try:
            return self._decoder.raw_decode(self._text, self._at)
        except json.JSONDecodeError as error:
            past = error.pos - self._at
            is_cut = error.msg.startswith("Unterminated string")
            is_cut |= len(self._text) - error.pos < _NEAR
            if not is_cut or not self._more():
                self._not_json(self._at + past)
        except FaultError as error:
            self._refuse(f"has {error}")
        except RecursionError:
            self._too_deep()
        return None

    def _more(self) -> bool:
        """Read a block more, and forget what was read; False at the end of the file."""
        if self._is_end:
            return False
        self._line += self._text.count("\n", 0, self._at)
        kept = self._text[self._at :]
        if len(kept) > MOST_IN_MEMORY:
            self._refuse(f"has more than {MOST_IN_MEMORY // 1_000_000} MB in one value")
        # As much again, so that a long value is not tried too often.
        block = self._file.read(max(_BLOCK, len(kept)))
        self._is_end = not block
        try:
            self._text = kept + self._utf8.decode(block, final=self._is_end)
        except UnicodeDecodeError as error:
            message = (
                f"The {self._name} is not text in UTF-8 (near byte "
                f"{self._bytes + error.start + 1:,}): save it as UTF-8, and select it "
                "again."
            )
            raise RefusedUsageError(message) from error
        self._bytes += len(block)
        self._at = 0
        return bool(block) or bool(self._text[len(kept) :])

    def _not_json(self, place: int) -> NoReturn:
        line = self._line + self._text.count("\n", 0, place)
        self._refuse(f"is cut off or not JSON (line {line:,})")

    def _too_deep(self) -> NoReturn:
        self._refuse(f"is nested more than {MOST_DEPTH} deep")

    def _refuse(self, what: str) -> NoReturn:
        message = f"The {self._name} {what}: {USAGE.again}."
        raise RefusedUsageError(message)
