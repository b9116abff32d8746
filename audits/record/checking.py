"""Finds what is wrong with a record, one line at a time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from audits.record.lines import Line
from audits.record.sign_ins import Removal, is_emptied_sign_in

# So far may the clocks of several machines differ, or one be corrected.
CLOCKS_DIFFER = timedelta(hours=1)


class What(StrEnum):
    """The kinds of faults of a line."""

    CHANGED = "changed"
    MOVED = "moved"
    MISSING = "missing"
    CUT_OFF = "cut off"
    UNCHAINED = "unchained"
    RECOMPUTED = "recomputed"
    ADDED = "added"
    UNANCHORED = "unanchored"
    DATED_BACK = "dated back"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault at one place of a record.

    Attributes:
        number: The number of the first line it concerns.
        what: The kind.
        words: A sentence for people.
    """

    number: int
    what: What
    words: str


@dataclass(frozen=True, slots=True)
class Head:
    """A line known from outside the record, as somebody saw it earlier.

    Attributes:
        number: Its number.
        digest: Its digest, or the start of it.
        source: Its origin in words: "the anchor of 26 November 2026".
    """

    number: int
    digest: str
    source: str


class Check:
    """One pass over a record, in the order of its numbers; keeps one line of it.

    Args:
        heads: The lines known from outside. They stay in memory.
        after: The end of an earlier pass: the next line must follow it.
        latest: The time of that line.
        emptied: The lines that later ones say were emptied, and before when they are.
    """

    def __init__(
        self,
        heads: Iterable[Head] = (),
        after: Head | None = None,
        latest: datetime | None = None,
        emptied: Sequence[Removal] = (),
    ) -> None:
        self._latest, self._emptied = latest, emptied
        self.number, self.digest = (after.number, after.digest) if after else (0, "")
        self._furthest = after
        self._heads: dict[int, list[Head]] = {}
        for head in heads:
            if head.number > self.number:
                self._heads.setdefault(head.number, []).append(head)
            if self._furthest is None or head.number > self._furthest.number:
                self._furthest = head

    def read(self, line: Line) -> Iterator[Fault]:
        """Yield the faults of the next line, or before it.

        A changed line is one fault. If its digest was recomputed too, the next line or
        a head reveals it.
        """
        expected = self.number + 1
        if line.number < 1 or line.number == self.number:
            yield _added(line.number)
            return  # the next line follows the one that belongs there
        if line.number > expected:
            yield _missing(expected, line.number - 1)
        fits = _is_as_written(line, self._emptied)
        if not fits:
            words = f"Line {line.number} was changed, or moved here."
            yield Fault(line.number, What.CHANGED, words)
        elif line.number < expected:
            words = f"Line {line.number} is out of order: it follows {self.number}."
            yield Fault(line.number, What.MOVED, words)
        elif line.number == expected and line.previous != self.digest:
            yield _unchained(line.number)
        yield from self._recomputed(line)
        if fits:
            yield from self._dated_back(line)
        self.number, self.digest = line.number, line.digest

    def _recomputed(self, line: Line) -> Iterator[Fault]:
        for head in self._heads.pop(line.number, ()):
            if not line.digest.startswith(head.digest):
                yield _recomputed(line.number, head)

    def _dated_back(self, line: Line) -> Iterator[Fault]:
        """Yield the fault of a line of an earlier time than one above it.

        After a fault, time goes on from there: a wrong clock is one fault.
        """
        latest, self._latest = self._latest, line.at
        if latest is None or line.at >= latest:
            return
        if line.at < latest - CLOCKS_DIFFER:
            words = (
                f"Line {line.number} is of {line.at:%Y-%m-%d %H:%M} UTC, but a line "
                f"above it is of {latest:%Y-%m-%d %H:%M} UTC. Either a clock was "
                "wrong, or the line was dated back."
            )
            yield Fault(line.number, What.DATED_BACK, words)
        else:
            self._latest = latest

    def end(self, last: int) -> Iterator[Fault]:
        """Yield the fault of lines cut off, if a head is beyond the last line.

        Args:
            last: The number of the last line of the whole record; 0 if it has none.
        """
        head = self._furthest
        if head and head.number > last:
            ends = f"The record ends with line {last}" if last else "The record is gone"
            words = f"{ends}, but {head.source} names line {head.number}."
            yield Fault(last + 1, What.CUT_OFF, words)


def _is_as_written(line: Line, emptied: Sequence[Removal]) -> bool:
    """Return whether a line is unchanged, or lost nothing but who signed in.

    Of one that was written before lines had seals, nothing shows more than that.
    """
    if not line.is_emptied:
        return line.fits_its_digest
    fits = line.fits_its_digest or not line.seal
    return fits and is_emptied_sign_in(line, emptied)


def moved_from(line: Line, origin: Line, name: str) -> Fault:
    """Say where a line was before it was moved.

    Args:
        line: The line as it is now.
        origin: The same with the organization and the number that fit its digest.
        name: The name of the origin's record; empty for the same record.
    """
    where = f"line {origin.number} of {name}" if name else f"line {origin.number}"
    words = f"Line {line.number} was moved here: it was {where}."
    return Fault(line.number, What.MOVED, words)


def _added(number: int) -> Fault:
    words = (
        f"Line {number} was added: a record begins with line 1."
        if number < 1
        else f"The record has more than one line {number}."
    )
    return Fault(number, What.ADDED, words)


def _missing(first: int, last: int) -> Fault:
    if first == last:
        return Fault(first, What.MISSING, f"Line {first} is missing.")
    return Fault(first, What.MISSING, f"Lines {first} to {last} are missing.")


def _unchained(number: int) -> Fault:
    words = (
        "Line 1 is not the start of the record: it names an earlier line."
        if number == 1
        else f"Line {number} does not follow line {number - 1}: line {number - 1} was "
        "changed or replaced, and given a new digest."
    )
    return Fault(number, What.UNCHAINED, words)


def _recomputed(number: int, head: Head) -> Fault:
    words = (
        f"Line {number} is not the one that {head.source} names: it, or a line before "
        "it, was changed and given a new digest."
    )
    return Fault(number, What.RECOMPUTED, words)
