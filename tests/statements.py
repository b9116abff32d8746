"""Which statements each test sends to PostgreSQL: what `pytest --statements` adds.

A normal run sends there what tests marked `on_both` send, and each statement of any
other test is one of theirs (CONTRIBUTING.md). `./run test --thorough` runs all tests on
it, and with this it fails if that is not so.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

type Shape = tuple[str, str, str]

_TESTS = Path(__file__).parent
_SITE = str(_TESTS.parent / "audits") + "/"
_VALUES = re.compile(r"'(?:[^']|'')*'|(?<![\w$\"])\d+(?:\.\d+)?|%s")
_SAVEPOINT = re.compile(r'SAVEPOINT "[^"]*"')
_MANY = re.compile(r"\?(?:, ?\?)+")
_ROWS = re.compile(r"(\([^()]*\))(?:, \([^()]*\))+(?= (?:ON|RETURNING)|$)")
_CASES = re.compile(
    r"(WHEN [^W]*? THEN (?:\([^()]*\)|\S+)) "
    r"(?:WHEN [^W]*? THEN (?:\([^()]*\)|\S+) )+"
)


def shape_of(sql: str) -> str:
    """Return a statement without its values, and without how many there are."""
    shape = _SAVEPOINT.sub("SAVEPOINT", _VALUES.sub("?", sql))
    return _CASES.sub(r"\1 ", _ROWS.sub(r"\1", _MANY.sub("?", shape)))


def is_left_out(item: pytest.Item) -> bool:
    """Return whether a normal run leaves a test out on PostgreSQL."""
    once, on_both = map(item.get_closest_marker, ("once", "on_both"))
    return bool(once or not on_both)


def is_of_the_site(frame: FrameType | None) -> bool:
    """Return whether our code sends a statement, and not a test to set up or to look.

    Of both, the one that is called last counts: a test calls a service, or a page.
    """
    while frame:
        file = frame.f_code.co_filename
        if file.startswith(_SITE):
            return True
        if file.startswith(f"{_TESTS}/") and file != __file__:
            return False
        frame = frame.f_back
    return False  # what makes the database, or lets it go


class Statements:
    """Notes the statements of each test, and finds those that a normal run misses."""

    def __init__(self) -> None:
        self.sent: dict[str, set[Shape]] = defaultdict(set)
        self.left_out: set[str] = set()
        self._test = ""
        self._commits = False

    def pytest_sessionstart(self) -> None:
        connection_created.connect(self._listen)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Let those of a normal run begin, so what a run sends first is theirs."""
        items.sort(key=is_left_out)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        mark = item.get_closest_marker("django_db")
        fixtures = set(getattr(item, "fixturenames", ()))
        self._test = item.nodeid
        self._commits = bool(
            (mark and mark.kwargs.get("transaction"))
            or fixtures & {"transactional_db", "live_server"}
        )
        if is_left_out(item):
            self.left_out.add(item.nodeid)
        result = yield
        if item.get_closest_marker("once"):
            self.sent.pop(item.nodeid, None)  # it says for itself why it runs once
        return result

    def _listen(self, connection: BaseDatabaseWrapper, **_: object) -> None:
        if self._note not in connection.execute_wrappers:
            connection.execute_wrappers.append(self._note)

    def _note(
        self,
        execute: Callable[..., Any],
        sql: str,
        values: Any,
        many: bool,
        context: dict[str, Any],
    ) -> Any:
        connection = context["connection"]
        depth = len(connection.savepoint_ids) if connection.in_atomic_block else "none"
        where = f"{depth}, {'committed' if self._commits else 'rolled back'}"
        failed = ""
        try:
            return execute(sql, values, many, context)
        except Exception as error:
            failed = getattr(error.__cause__, "sqlstate", "") or type(error).__name__
            raise
        finally:
            if self._test not in self.left_out or is_of_the_site(sys._getframe()):
                self.sent[self._test].add((shape_of(str(sql)), where, failed))

    def missing(self) -> dict[Shape, list[str]]:
        """Return what no test of a normal run sends, and which others send it."""
        found = self._all() - self._of_a_normal_run()
        return {
            shape: sorted(test for test, sent in self.sent.items() if shape in sent)
            for shape in sorted(found)
        }

    def _all(self) -> set[Shape]:
        return set().union(*self.sent.values())

    def _of_a_normal_run(self) -> set[Shape]:
        kept = [sent for test, sent in self.sent.items() if test not in self.left_out]
        return set().union(*kept)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.missing():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        for shape, (test, *others) in self.missing().items():
            terminalreporter.write_line(
                f"{test} and {len(others)} others send what no test marked on_both does"
            )
            terminalreporter.write_line(f"    {' | '.join(shape)}")
        terminalreporter.write_line(
            f"{len(self._all())} shapes of statements, "
            f"{len(self._of_a_normal_run())} of them in a normal run"
        )
