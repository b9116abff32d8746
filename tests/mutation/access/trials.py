"""Tries mutants of access with the tests that can notice them, each in a process."""

import os
import signal
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from tests.mutation.access.reach import Reach
from tests.mutation.access.record import Record
from tests.mutation.access.swaps import ROOT, put_in, table
from tests.mutation.extents import extent
from tests.mutation.mutants import Mutant
from tests.mutation.swapping import OtherShapeError

# These ask every address, so they judge what opens a door.
_DOORS = "test_routes_answer_an_actor_as_the_table_says["
_OUTSIDE = ("anonymous]", "unassigned]", "board]", "stranger]")
_SCOPES = "test_queries_"
# A copy of the database serves one process.
_COMMIT = {"transactional_db", "live_server", "page", "browser"}
_FEW = 12  # rows of the table, as a first try
_MOST = 200.0  # seconds of tests that a survivor was tried with


class Trials:
    """A plugin of pytest that tries mutants where pytest would run its tests."""

    def __init__(
        self, mutants: Sequence[Mutant], processes: int, record: Record
    ) -> None:
        self.mutants, self.processes, self.record = mutants, processes, record
        self.reach = Reach({str(ROOT / mutant.file) for mutant in mutants})
        self.killers: dict[str, list[str]] = {}
        self.fit: set[str] = set()
        self.unfit: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Say in the standard errors why a test could not even begin."""
        if report.failed and report.when != "call":
            sys.stderr.write(f"{report.nodeid}: {report.longreprtext[-300:]}\n")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        items = [item for item in session.items if not _commits(item)]
        self.reach.record(items)
        session.items = []
        if session.testsfailed:
            say("The tests fail before anything is changed.")
            return
        own_database("recorded")
        workers = []
        for number in range(self.processes):
            worker = os.fork()
            if not worker:
                own_database(f"worker{number}")
                self.try_all(session, items, self.mutants[number :: self.processes])
                os._exit(0)
            workers.append(worker)
        for worker in workers:
            os.waitpid(worker, 0)

    def try_all(
        self,
        session: pytest.Session,
        items: Sequence[pytest.Item],
        mutants: Sequence[Mutant],
    ) -> None:
        for mutant in mutants:
            judges = self.judges_of(mutant, (ROOT / mutant.file).read_bytes(), items)
            few = len(self.rows_of(mutant)) > _FEW
            noticed = self.trial(session, mutant, judges, items, few=few)
            if few and noticed.startswith("survived"):
                noticed = self.trial(session, mutant, judges, items)
            while self.fails_always(session, noticed, items):
                judges = [item for item in judges if item.nodeid not in self.unfit]
                noticed = self.trial(session, mutant, judges, items)
            self.record.add(mutant, noticed or "broken")
            say(f"{noticed or 'broken'} | {mutant}")

    def fails_always(
        self, session: pytest.Session, noticed: str, items: Sequence[pytest.Item]
    ) -> bool:
        """Return whether the test that noticed something fails without it, too."""
        name = noticed.removeprefix("killed by ")
        found = [item for item in items if item.nodeid == name]
        if not found or name in self.fit:
            return False
        is_fit = self.trial(session, None, found, items).startswith("survived")
        (self.fit if is_fit else self.unfit).add(name)
        return not is_fit

    def trial(
        self,
        session: pytest.Session,
        mutant: Mutant | None,
        judges: Sequence[pytest.Item],
        items: Sequence[pytest.Item],
        *,
        few: bool = False,
    ) -> str:
        """Return what a copy of this process, with the mutant in it, finds."""
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            self.try_one(session, mutant, judges, items, writing, few=few)
        os.close(writing)
        with open(reading, "rb") as told:  # noqa: PTH123 - a descriptor
            noticed = told.read().decode()
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            return f"killed by {signal.Signals(os.WTERMSIG(status)).name}"
        if mutant and noticed.startswith("killed by "):
            self.killers.setdefault(mutant.file, []).append(noticed[10:])
        return noticed

    def judges_of(
        self, mutant: Mutant, source: bytes, items: Sequence[pytest.Item]
    ) -> list[pytest.Item]:
        if mutant.what == "no scope":
            return [item for item in items if _SCOPES in item.nodeid]
        first, is_door = [], mutant.what.startswith("no @")
        if is_door:
            first = [item for item in items if _DOORS in item.nodeid]
            first.sort(key=lambda item: not item.nodeid.endswith(_OUTSIDE))
        file = str(ROOT / mutant.file)
        lines = extent(source, mutant)
        found = {x for line in lines for x in self.reach.lines.get((file, line), ())}
        before = self.killers.get(mutant.file, [])
        order = {name: -place for place, name in enumerate(before)}
        if is_door:
            view = mutant.what.rpartition(" ")[2]
            found |= {*self.reach.asking(Path(mutant.file), view)}
        rest = sorted(
            found - {*first},
            key=lambda x: (order.get(x.nodeid, 1), self.reach.seconds[x.nodeid]),
        )
        return [*first, *rest]

    def try_one(
        self,
        session: pytest.Session,
        mutant: Mutant | None,
        judges: Sequence[pytest.Item],
        items: Sequence[pytest.Item],
        writing: int,
        *,
        few: bool,
    ) -> None:
        verdict = "broken"
        try:
            if mutant:
                put_in(mutant)
                self.ask_only(mutant, few=few)
            own_database(f"trial-{os.getppid()}")
            verdict = self.first_to_notice(session, judges, items)
        except OtherShapeError:
            verdict = "other shape"
        except BaseException as error:
            verdict = f"broken {error!r}"
        finally:
            os.write(writing, verdict.encode())
            os._exit(0)

    def ask_only(self, mutant: Mutant, *, few: bool) -> None:
        """Leave the rows in the table that run what is changed, or few of them."""
        found = self.rows_of(mutant)
        if not found:
            return
        rows = [row for row in table().ROWS if id(row) in found]
        rows = rows[:: 1 + len(rows) // _FEW] if few else rows
        table().ROWS = tuple(rows)
        known = table().OF_AN_ID
        table().OF_AN_ID = [row for row in known if row in rows]

    def rows_of(self, mutant: Mutant) -> set[int]:
        """Return the rows of the table that run what is changed; none for a door."""
        file, source = str(ROOT / mutant.file), (ROOT / mutant.file).read_bytes()
        lines = () if mutant.what.startswith("no @") else extent(source, mutant)
        rows = self.reach.rows
        return {row for line in lines for row in rows.get((file, line), ())}

    def first_to_notice(
        self,
        session: pytest.Session,
        judges: Sequence[pytest.Item],
        items: Sequence[pytest.Item],
    ) -> str:
        spent = 0.0
        for each in judges[:1]:  # the last that was recorded may be of its package
            session._setupstate.teardown_exact(each)
        for item, following in pairwise([*judges, *others_than(judges[-1:], items)]):
            seconds = self.reach.seconds[item.nodeid]
            spent += seconds
            if spent > _MOST:
                break
            signal.setitimer(signal.ITIMER_PROF, 10 * seconds + 20)
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.testsfailed:
                return f"killed by {item.nodeid}"
        return f"survived {len(judges)} tests"


def others_than(
    last: Sequence[pytest.Item], items: Sequence[pytest.Item]
) -> list[pytest.Item]:
    """Return a test that may follow, so that what the last one set up is taken down."""
    return [item for item in items if item not in last][:1]


def _commits(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    if mark is not None and "transaction" in mark.kwargs:
        return True
    return bool({*getattr(item, "fixturenames", ())} & _COMMIT)


def own_database(name: str) -> None:
    """Let this process have a copy of the database, since it is a copy itself."""
    from django.db import connection  # noqa: PLC0415 - once there are settings

    file = Path(connection.settings_dict["NAME"])
    copy = file.with_name(f"{name}.sqlite3")
    copy.unlink(missing_ok=True)
    connection.close()
    with (
        closing(sqlite3.connect(file)) as theirs,
        closing(sqlite3.connect(copy)) as own,
    ):
        theirs.backup(own)
    connection.settings_dict["NAME"] = str(copy)


_out = os.fdopen(os.dup(1), "w")


def say(text: str) -> None:
    _out.write(f"{text}\n")
    _out.flush()
