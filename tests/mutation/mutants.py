"""What a mutant is: a file with one thing in it changed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: the bytes from `start` to `end` of a file become `by`.

    `rule` is the table and the row of a framework that it is in.
    """

    file: str
    start: int
    end: int
    by: bytes
    line: int
    what: str
    rule: str = ""

    def applied_to(self, source: bytes) -> bytes:
        return source[: self.start] + self.by + source[self.end :]

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.what}"


def replace(file: str, source: bytes, start: int, end: int, by: bytes) -> Mutant:
    """Return the mutant that has other bytes there, described by both."""
    line = source.count(b"\n", 0, start) + 1
    old, new = source[start:end].decode(), by.decode()
    return Mutant(file, start, end, by, line, f"“{old}” is “{new}”")
