"""Which statements each test sends to PostgreSQL: what `pytest --statements` adds.

A test marked `alike` stays away from PostgreSQL in a normal run, since two others send
each of its statements there (CONTRIBUTING.md). `./run test --thorough` runs all of them
on it, and with this it fails if that is not so.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

type Shape = tuple[str, str, str]

ENOUGH = 2
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
    alike, on_both = map(item.get_closest_marker, ("alike", "on_both"))
    return bool(item.get_closest_marker("once") or (alike and not on_both))


class Statements:
    """Notes the statements of each test, and finds those too few tests send."""

    def __init__(self) -> None:
        self.sent: dict[str, set[Shape]] = defaultdict(set)
        self.left_out: set[str] = set()
        self._test = ""
        self._commits = False

    def pytest_sessionstart(self) -> None:
        connection_created.connect(self._listen)

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
        alike = item.get_closest_marker("alike")
        result = yield
        if not alike and item.nodeid in self.left_out:
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
            self.sent[self._test].add((shape_of(str(sql)), where, failed))

    def missing(self) -> dict[str, list[Shape]]:
        """Return, for each test that is left out, what too few others send."""
        others = Counter(
            shape
            for test, shapes in self.sent.items()
            if test not in self.left_out
            for shape in shapes
        )
        found = {
            test: sorted(
                shape for shape in self.sent.get(test, ()) if others[shape] < ENOUGH
            )
            for test in sorted(self.left_out)
        }
        return {test: shapes for test, shapes in found.items() if shapes}

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.missing():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        for test, shapes in self.missing().items():
            terminalreporter.write_line(
                f"{test} is marked alike, but fewer than {ENOUGH} others send"
            )
            for shape in shapes:
                terminalreporter.write_line(f"    {' | '.join(shape)}")
        everyday = [
            shapes for test, shapes in self.sent.items() if test not in self.left_out
        ]
        terminalreporter.write_line(
            f"{len(set().union(*self.sent.values()))} shapes of statements, "
            f"{len(set().union(*everyday))} of them in a normal run"
        )
