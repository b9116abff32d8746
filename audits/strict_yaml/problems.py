"""How a file is refused: one list of problems, each with its place."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong with a file: the line (from 1), the key, and what to do."""

    line: int
    key: str
    message: str


class RefusedFileError(ValueError):
    """A file was refused; `problems` says why, in line order."""

    def __init__(self, file: str, problems: Iterable[Problem]) -> None:
        self.file = file
        self.problems = tuple(sorted(set(problems)))
        lines = (f"{file}:{p.line}: {p.key}: {p.message}" for p in self.problems)
        super().__init__("\n".join(lines))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the nearest known word, or an empty string.

    >>> did_you_mean("latancy", ["latency", "volume"])
    ' (did you mean "latency"?)'
    >>> did_you_mean("zzz", ["latency"])
    ''
    """
    near = get_close_matches(word, list(known), n=1)
    return f' (did you mean "{near[0]}"?)' if near else ""
