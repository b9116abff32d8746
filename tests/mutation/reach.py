"""Which tests a mutant can reach: the lines they run and the files they read."""

import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import CodeType
from typing import Any

from tests.mutation.extents import extent
from tests.mutation.mutants import Mutant

# A line of Python as one number: the place of its file among all, and the line.
LINES = 10_000
PROCESS = "a process"


@dataclass(frozen=True, slots=True)
class Readiness:
    """The tests that a copy of the tree has, and what of them cannot be run there."""

    tests: tuple[str, ...]
    faults: tuple[str, ...]


@dataclass(slots=True)
class Trace:
    """What was run and read: lines, other files, and whether a process began."""

    lines: set[int] = field(default_factory=set)
    reads: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class TestReach:
    """What one test runs and reads after its file is imported; processor seconds."""

    seconds: float
    trace: Trace


@dataclass(frozen=True, slots=True)
class FileReach:
    """What is run and read while a file of tests is imported, and by each of them.

    How long the import takes is in seconds of the processor.
    """

    seconds: float
    imported: Trace
    tests: Mapping[str, TestReach]


@dataclass(frozen=True)
class Reach:
    """What every test reaches, and the modules that are there once all are imported."""

    sources: tuple[str, ...]
    files: Mapping[str, FileReach]
    modules: tuple[str, ...]

    def judges(self, mutant: Mutant, source: bytes) -> "Judges":
        """Return the tests that a mutant of a file can reach."""
        if mutant.file not in self.sources:
            return self._reading(mutant.file)
        start = self.sources.index(mutant.file) * LINES
        tests: set[str] = set(self._processes)
        files: set[str] = set()
        for line in extent(source, mutant):
            tests.update(self._tests_by_line.get(start + line, ()))
            files.update(self._files_by_line.get(start + line, ()))
        return Judges(frozenset(tests), frozenset(files))

    def _reading(self, file: str) -> "Judges":
        files = {
            name for name, each in self.files.items() if file in each.imported.reads
        }
        tests = {
            name
            for each in self.files.values()
            for name, test in each.tests.items()
            if file in test.trace.reads
        }
        return Judges(frozenset(tests) | self._processes, frozenset(files))

    @cached_property
    def seconds(self) -> dict[str, float]:
        return {
            name: test.seconds
            for each in self.files.values()
            for name, test in each.tests.items()
        }

    @cached_property
    def _processes(self) -> frozenset[str]:
        """Tests that start a process, whose lines and files are not known."""
        return frozenset(
            name
            for each in self.files.values()
            for name, test in each.tests.items()
            if PROCESS in test.trace.reads
        )

    @cached_property
    def _tests_by_line(self) -> dict[int, list[str]]:
        found = defaultdict(list)
        for each in self.files.values():
            for name, test in each.tests.items():
                for line in test.trace.lines:
                    found[line].append(name)
        return found

    @cached_property
    def _files_by_line(self) -> dict[int, list[str]]:
        found = defaultdict(list)
        for name, each in self.files.items():
            for line in each.imported.lines:
                found[line].append(name)
        return found


def together(shares: Iterable[Reach]) -> Reach:
    """Return as one what processes noted that each ran a share of the tests."""
    first, *others = shares
    files, modules = dict(first.files), dict.fromkeys(first.modules)
    for each in others:
        files |= each.files
        modules |= dict.fromkeys(each.modules)
    return Reach(first.sources, files, tuple(modules))


@dataclass(frozen=True, slots=True)
class Judges:
    """Tests that may notice a mutant, and files whose import alone may show it.

    Of such a file, every test may notice it.
    """

    tests: frozenset[str]
    files: frozenset[str]

    def __contains__(self, test: str) -> bool:
        return test in self.tests or file_of(test) in self.files


def file_of(test: str) -> str:
    return test.partition("::")[0]


class Tracer:
    """Notes what runs and what is read in this process, from its making on."""

    def __init__(self, root: Path) -> None:
        self.root = str(root)
        self.starts: dict[str, int] = {}
        self.trace = Trace()
        sys.addaudithook(self._event)

    def watch_lines(self, sources: Collection[str]) -> None:
        """Note lines of these files too."""
        self.starts = {
            f"{self.root}/{file}": place * LINES for place, file in enumerate(sources)
        }
        monitoring = sys.monitoring
        monitoring.use_tool_id(monitoring.COVERAGE_ID, "reach")
        monitoring.register_callback(
            monitoring.COVERAGE_ID, monitoring.events.LINE, self._line
        )
        monitoring.set_events(monitoring.COVERAGE_ID, monitoring.events.LINE)

    def anew(self) -> None:
        """Begin again with nothing noted."""
        self.trace = Trace()
        sys.monitoring.restart_events()

    def add(self, trace: Trace) -> None:
        """Note what was noted before as if it ran and was read now."""
        self.trace.lines |= trace.lines
        self.trace.reads |= trace.reads

    def _line(self, code: CodeType, line: int) -> Any:
        start = self.starts.get(code.co_filename)
        if start is not None:
            self.trace.lines.add(start + line)
        return sys.monitoring.DISABLE

    def _event(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path = str(arguments[0])
            if path.startswith(self.root) and not path.endswith((".py", ".pyc")):
                self.trace.reads.add(path.removeprefix(self.root + "/"))
        elif event in ("subprocess.Popen", "os.posix_spawn", "os.system"):
            self.trace.reads.add(PROCESS)


# A test that takes so many seconds of the processor comes last, whatever it noticed.
SLOW = 0.25


class Order:
    """Puts those tests first that have noticed mutants nearby, then the fastest.

    The few that are slow come after all others: an example notices most of what a proof
    does, in a hundredth of the time.
    """

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        self.last: dict[str, list[str]] = defaultdict(list)
        self.kills: Counter[str] = Counter()

    def of_tests(self, file: str, tests: Iterable[str], *, loaded: bool) -> list[str]:
        """Return tests in the order in which they judge a mutant of a file.

        Unless they are `loaded`, the time to import them counts.
        """
        recent = {test: place for place, test in enumerate(self.last[file])}
        name = f"/test_{Path(file).stem}.py::"

        def key(test: str) -> tuple[bool, int, bool, float]:
            near = recent.get(test, len(recent))
            seconds = self.reach.seconds[test]
            slow = seconds > SLOW
            if not loaded:
                seconds += self.reach.files[file_of(test)].seconds
            return slow, near, name not in test, seconds / (1 + self.kills[test])

        return sorted(tests, key=key)

    def noticed(self, file: str, test: str) -> None:
        """Remember that a test noticed a mutant of a file."""
        recent = [test, *(each for each in self.last[file] if each != test)]
        self.last[file] = recent[:20]
        self.kills[test] += 1
