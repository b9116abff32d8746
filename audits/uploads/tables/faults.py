"""What is wrong in a file, collected so that one message names all of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

_MOST_KINDS = 8
_MOST_LINES = 3  # of each kind, after the first


@dataclass(slots=True)
class _Kind:
    """Faults of one kind: the first in words, where more are, and how many."""

    line: int
    what: str
    then: str
    lines: list[int] = field(default_factory=list)
    more: int = 0


@dataclass(slots=True)
class Faults:
    """The faults of a file; `file` is how people call it."""

    file: str
    _kinds: dict[tuple[str, str], _Kind] = field(default_factory=dict)
    _count: int = 0

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._count)

    def add(self, line: int, what: str, then: str, kind: str = "") -> None:
        """Note a fault.

        Args:
            line: Its line in the file; 0 if it is in the whole file.
            what: What is wrong there, or what the file does.
            then: What to do; faults of one kind have the same.
            kind: What tells it from other faults with the same thing to do.
        """
        self._count += 1
        there = self._kinds.get((kind, then))
        if there is None:
            self._kinds[kind, then] = _Kind(line, what, then)
        elif len(there.lines) < _MOST_LINES:
            there.lines.append(line)
        else:
            there.more += 1

    def sentence(self) -> str:
        """Return all of them as one sentence; each kind is told once."""
        told = list(self._told())
        if self._count == 1:
            return f"{told[0][:1].upper()}{told[0][1:]}."
        shown, more = told[:_MOST_KINDS], len(told) - _MOST_KINDS
        if more > 0:
            shown.append(f"{more} more kinds of faults")
        return f"The {self.file} has {self._count:,} faults: {'; '.join(shown)}."

    def _told(self) -> Iterator[str]:
        is_one = self._count == 1
        for each in self._kinds.values():
            if not each.line:
                whose = f"the {self.file}" if is_one else "it"
                yield f"{whose} {each.what}: {each.then}"
                continue
            of = f" of the {self.file}" if is_one else ""
            yield f"in line {each.line:,}{of}, {each.what}{_alike(each)}: {each.then}"


def _alike(kind: _Kind) -> str:
    """Return where faults of the same kind are."""
    if not kind.lines:
        return ""
    lines = [f"{line:,}" for line in kind.lines]
    if kind.more:
        lines.append(f"{kind.more:,} more")
    *first, last = lines
    listed = f"{', '.join(first)} and {last}" if first else last
    one = not first
    return f", and line{'' if one else 's'} {listed} {'is' if one else 'are'} like it"
