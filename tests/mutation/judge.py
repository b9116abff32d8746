"""Tries mutants in a copy of the tree: `python -m tests.mutation.judge`, started there.

One warm process copies itself for each trial. What a mutant may change is loaded only
in the copy: after everything else, so that a trial takes milliseconds.
"""

import gc
import importlib
import os
import pickle
import resource
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import FunctionType
from typing import Any

import hypothesis
import pytest

from tests.examples import EVERYDAY
from tests.mutation.forks import KilledError, UntestedTreeError, forked
from tests.mutation.mutants import Mutant
from tests.mutation.mutated_files import TREE, loaded_framework, written
from tests.mutation.reach import Judges, Order, Reach, Tracer, file_of
from tests.mutation.recording import record
from tests.mutation.suite import Suite, import_all, is_ours, readiness
from tests.mutation.swapping import OtherShapeError, Place, loaded_functions, swap

# No Django: it takes a second to start, and nothing here needs it.
OPTIONS = (
    *("-q", "-s", "--tb=native", "--noconftest", "--assert=plain"),
    *("-p", "no:django", "-p", "no:playwright", "-p", "no:cacheprovider"),
    *("-o", "addopts=--import-mode=importlib", "-o", "filterwarnings="),
)
MEMORY = 8 << 30
LATE = 1.0
REFUSED, SAME, SURVIVED = "refused", "same", "survived"


class Trials:
    """Tries each mutant, those first that have to be there before what is loaded."""

    def __init__(
        self,
        suite: Suite,
        reach: Reach,
        of_code_alone: Sequence[str],
        tell: Callable[[int, str], None],
    ) -> None:
        self.suite, self.reach, self.tell = suite, reach, tell
        self.of_code_alone = tuple(of_code_alone)
        self.order = Order(reach)
        # Their import alone decides many cases, so it comes after the mutant.
        self.late = {x for x, file in reach.files.items() if file.seconds > LATE}
        self.functions: dict[Place, list[FunctionType]] = {}
        self.meanings: dict[str, Any] = {}

    def run(self, mutants: Sequence[tuple[int, Mutant]]) -> None:
        python, data, inside = [], [], []
        for number, mutant in mutants:
            judges = self.reach.judges(mutant, (TREE / mutant.file).read_bytes())
            if mutant.file not in self.reach.sources:
                data.append((number, mutant, judges))
            elif judges.files - self.late or not self._fits(mutant):
                python.append((number, mutant, judges))
            else:
                inside.append((number, mutant, judges))
        import_all(name for name in self.reach.modules if not is_ours(name))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        gc.collect()
        gc.freeze()
        for number, mutant, judges in python:
            self.tell(number, self._verdict(mutant, judges, self._loads_and_passes))
        self._load_all_but({mutant.file for _, mutant, _ in data})
        for number, mutant, judges in data:
            self.tell(number, self._verdict(mutant, judges, self._means_and_passes))
        if inside:
            self._load_tests()
        for number, mutant, judges in inside:
            self.tell(number, self._verdict(mutant, judges, self._swaps_and_passes))

    def _fits(self, mutant: Mutant) -> bool:
        file = TREE / mutant.file
        source = file.read_bytes()
        try:
            swap({}, file, source, mutant.applied_to(source))
        except OtherShapeError:
            return False
        return True

    def _load_all_but(self, changed: set[str]) -> None:
        """Import the package, and read the files that none of the mutants changes."""
        tracer = Tracer(TREE)
        import_all(name for name in self.reach.modules if name.startswith("audits."))
        if tracer.trace.reads & changed:
            raise UntestedTreeError("The package itself reads what is to be changed.")
        if changed:
            meaning = importlib.import_module("tests.mutation.meaning")
            self.meanings = {file: meaning.meaning_of(file) for file in changed}
            self._load_tests_of_rules(changed)
        gc.collect()
        gc.freeze()

    def _load_tests_of_rules(self, changed: set[str]) -> None:
        """Import the tests that read what is changed only when they run."""
        files = {
            name
            for name, file in self.reach.files.items()
            if not file.imported.reads & changed
            and any(test.trace.reads & changed for test in file.tests.values())
        }
        if not self.suite.collect(files - self.late):
            raise UntestedTreeError("The tests cannot be imported.")

    def _load_tests(self) -> None:
        if not self.suite.collect(self.reach.files.keys() - self.late):
            raise UntestedTreeError("The tests cannot be imported.")
        self.functions = loaded_functions()
        gc.collect()
        gc.freeze()

    def _verdict(self, mutant: Mutant, judges: Judges, passes: "Passes") -> str:
        with written(mutant) as (before, after):
            try:
                noticed = forked(lambda: passes(mutant, judges, before, after))
            except KilledError as error:
                return f"killed by {error}"
        if noticed is None:
            return SURVIVED
        if noticed.startswith((REFUSED, SAME, SURVIVED)):
            return noticed
        if noticed in self.reach.seconds:
            self.order.noticed(mutant.file, noticed)
        return f"killed by {noticed}"

    def _swaps_and_passes(
        self, mutant: Mutant, judges: Judges, before: bytes, after: bytes
    ) -> str | None:
        swap(self.functions, TREE / mutant.file, before, after)
        loaded = [test for test in judges.tests if file_of(test) not in self.late]
        ordered = self.order.of_tests(mutant.file, loaded, loaded=True)
        late = [x for x in self.reach.seconds if x in judges and x not in set(loaded)]
        return self._first_to_notice(ordered) or self._loaded(mutant, judges, late)

    def _loads_and_passes(
        self, mutant: Mutant, judges: Judges, before: bytes, after: bytes
    ) -> str | None:
        tests = [x for x in self.reach.seconds if self._judges(mutant, judges, x)]
        return self._loaded(mutant, judges, tests)

    def _means_and_passes(
        self, mutant: Mutant, judges: Judges, before: bytes, after: bytes
    ) -> str | None:
        """As `_loads_and_passes`, of a framework: first the tests that name its rule.

        What they do not notice may mean the same.
        """
        framework = loaded_framework(mutant.file)
        if framework is None:
            return REFUSED
        own = [x for x in self.suite.items if mutant.rule in x and x in judges]
        ordered = self.order.of_tests(mutant.file, own, loaded=True)
        if noticed := self._first_to_notice(ordered):
            return noticed
        meaning = self.meanings[mutant.file]
        if not meaning.is_read_of(framework):
            return self._loads_and_passes(mutant, judges, before, after)
        example = meaning.difference(framework)
        if example is None:
            return SAME
        noticed = self._loads_and_passes(mutant, judges, before, after)
        return noticed or f"{SURVIVED} {meaning.row(framework, example)}"

    def _loaded(
        self, mutant: Mutant, judges: Judges, tests: Sequence[str]
    ) -> str | None:
        """Import files and run tests; return the first that fails."""
        ordered = self.order.of_tests(mutant.file, tests, loaded=False)
        for file in dict.fromkeys(map(file_of, ordered)):
            if not self.suite.collect([file]):
                return file
            found = {x for x in self.suite.items if file_of(x) == file}
            known = [test for test in ordered if test in found]
            # The mutant may give a test's parameters other names.
            others = found - self.reach.seconds.keys()
            new = [x for x in sorted(others) if self._judges(mutant, judges, x)]
            noticed = self._first_to_notice([*known, *new])
            if noticed:
                return noticed
        return None

    def _judges(self, mutant: Mutant, judges: Judges, test: str) -> bool:
        if mutant.file in self.reach.sources:
            return test in judges
        return test in judges and not test.startswith(self.of_code_alone)

    def _first_to_notice(self, tests: Iterable[str]) -> str | None:
        for test in tests:
            if not self.suite.passes(test, self.reach.seconds.get(test, 1)):
                return test
        return None


type Passes = Callable[[Mutant, Judges, bytes, bytes], str | None]


class Judge:
    """A plugin of pytest that does `work` where pytest would collect and run tests."""

    def __init__(self, left_out: Sequence[str], work: Callable[[Suite], None]) -> None:
        self.left_out, self.work = left_out, work

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session: pytest.Session) -> bool:
        self.work(Suite(session, self.left_out))
        session.items = []
        session.config.option.continue_on_collection_errors = True
        return True


def judge(left_out: Sequence[str], work: Callable[[Suite], None]) -> None:
    """Start pytest and do `work` in it, with the same few examples each time."""
    hypothesis.settings.register_profile(
        EVERYDAY, deadline=None, derandomize=True, database=None
    )
    hypothesis.settings.load_profile(EVERYDAY)
    pytest.main(
        [*OPTIONS, f"--basetemp={TREE}.scratch"], plugins=[Judge(left_out, work)]
    )


def main() -> None:
    command, asked, answered = sys.argv[1:]
    # Tests may write to what is usually read from this process.
    told = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    given = pickle.loads(Path(asked).read_bytes())  # noqa: S301 - our own
    if command == "import":
        files, left_out = given

        def work(suite: Suite) -> None:
            Path(answered).write_bytes(pickle.dumps(readiness(suite, files)))

    elif command == "record":
        tests, sources, left_out = given

        def work(suite: Suite) -> None:
            Path(answered).write_bytes(pickle.dumps(record(suite, tests, sources)))

    else:
        mutants, left_out, of_code_alone = given
        reach = pickle.loads(Path(answered).read_bytes())  # noqa: S301 - our own

        def tell(number: int, verdict: str) -> None:
            print(number, verdict, file=told, flush=True)

        def work(suite: Suite) -> None:
            Trials(suite, reach, of_code_alone, tell).run(mutants)

    judge(left_out, work)


if __name__ == "__main__":
    main()
