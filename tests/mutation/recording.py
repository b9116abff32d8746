"""Runs every test once, each in a copy of this process, and notes what it reaches."""

import gc
import os
import sys
from collections.abc import Sequence
from functools import partial

from tests.mutation.forks import UntestedTreeError, forked
from tests.mutation.loaded_once import load_once
from tests.mutation.mutated_files import TREE
from tests.mutation.reach import FileReach, Reach, TestReach, Trace, Tracer
from tests.mutation.suite import Suite, import_all, is_ours


def record(suite: Suite, tests: Sequence[str], sources: Sequence[str]) -> Reach:
    """Run every test of these files, and return what each of them reaches."""
    modules = forked(lambda: _imported_by(suite, tests), seconds=0)
    import_all(name for name in modules if not is_ours(name))
    tracer = Tracer(TREE)
    tracer.watch_lines(sources)
    imported = load_once(tracer)
    gc.freeze()
    files = {}
    for file in tests:
        work = partial(_file_reach, suite, file, tracer, imported)
        files[file] = forked(work, seconds=0)
    return Reach(tuple(sources), files, tuple(modules))


def _imported_by(suite: Suite, tests: Sequence[str]) -> list[str]:
    """Return the names of all modules that are there once the tests are."""
    for file in tests:
        if not suite.collect([file]):
            raise UntestedTreeError(f"{file} cannot be imported.")
    return list(sys.modules)


def _file_reach(suite: Suite, file: str, tracer: Tracer, before: Trace) -> FileReach:
    tracer.anew()
    tracer.add(before)
    started = _processor_seconds()
    if not suite.collect([file]):
        raise UntestedTreeError(f"{file} cannot be imported.")
    imported, seconds = tracer.trace, _processor_seconds() - started
    gc.freeze()
    tests = {
        test: forked(partial(_test_reach, suite, test, tracer)) for test in suite.items
    }
    return FileReach(seconds, imported, tests)


def _test_reach(suite: Suite, test: str, tracer: Tracer) -> TestReach:
    tracer.anew()
    started = _processor_seconds()
    if not suite.passes(test):
        raise UntestedTreeError(f"{test} fails without any change.")
    return TestReach(_processor_seconds() - started, tracer.trace)


def _processor_seconds() -> float:
    return sum(os.times()[:4])
