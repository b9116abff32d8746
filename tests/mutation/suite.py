"""The tests that judge, loaded and run one by one in this process."""

import importlib
import signal
from collections.abc import Iterable, Sequence
from contextlib import suppress

import pytest

from tests.mutation.reach import Readiness

# Of the processor, for one test: as many times what it takes, and some.
TIMES, MORE = 10, 5.0


class Suite:
    """The tests that judge, loaded and run one by one."""

    def __init__(self, session: pytest.Session, left_out: Sequence[str]) -> None:
        self.session, self.left_out = session, left_out
        self.items: dict[str, pytest.Item] = {}
        self.files: set[str] = set()

    def collect(self, files: Iterable[str]) -> bool:
        """Import files of tests, each once; return whether that went well."""
        new = [file for file in files if file not in self.files]
        if not new:
            return True
        self.files.update(new)
        self.session.perform_collect(new)
        self.items |= {
            each.nodeid: each
            for each in self.session.items
            if not each.nodeid.startswith(tuple(self.left_out))
        }
        self.session.items = []
        return not self.session.testsfailed

    def passes(self, test: str, seconds: float | None = None) -> bool:
        """Run one test; end this process if it takes much longer than it should."""
        item = self.items[test]
        if seconds is not None:
            signal.setitimer(signal.ITIMER_PROF, TIMES * seconds + MORE)
        # Without a next one, so that everything it set up is taken down.
        item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
        return not self.session.testsfailed


def readiness(suite: Suite, files: Sequence[str]) -> Readiness:
    """Import every file of tests and run none."""
    failed, faults = 0, []
    for file in files:
        suite.collect([file])
        if suite.session.testsfailed > failed:
            faults.append(f"{file} cannot be imported")
        failed = suite.session.testsfailed
    for test, item in suite.items.items():
        assert isinstance(item, pytest.Function)
        there = {*item._fixtureinfo.name2fixturedefs, "request"}
        lacking = [name for name in item.fixturenames if name not in there]
        faults += [f"{test} asks for {name}" for name in lacking]
    return Readiness(tuple(suite.items), tuple(faults))


def is_ours(module: str) -> bool:
    return module.partition(".")[0] in ("audits", "tests", "__main__", "__mp_main__")


def import_all(modules: Iterable[str]) -> None:
    for name in modules:
        with suppress(Exception):
            importlib.import_module(name)
