"""`python -m tests.mutation.access` removes each line of access and scope in turn.

Those are the doors of views, the scopes of managers, and in `audits/access` and its
like each refusal, filter and condition. Tests with a database judge: those that run a
changed line, the quickest first. One that no test notices survives, and is printed.
"""

import ast
import functools
import gc
import importlib
import os
import random
import signal
import sqlite3
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterator, Sequence, Set
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest

from tests.mutation.access_mutants import all_access_mutants
from tests.mutation.extents import extent
from tests.mutation.mutants import Mutant
from tests.mutation.swapping import OtherShapeError, loaded_functions, swap

ROOT = Path.cwd()
test_permissions: Any = None  # once it is collected
_TABLE = "access/test_permissions.py::test_"
JUDGES = (
    f"{_TABLE}routes_answer_an_actor_as_the_table_says",
    f"{_TABLE}foreign_id_answers_as_an_unknown_one",
    *("access/test_isolation.py::test_queries_refuse_to_run_outside_an_organization",),
    *("access/test_lines_of_access.py", "access/test_other_actors.py"),
    *("reports/sharing/test_readers.py", "services/reviews/test_separation.py"),
    *("people/test_several_organizations.py", "people/test_required_factor.py"),
    *("people/test_pages_of_others.py", "portfolio/test_calendars.py"),
)
# These ask every address, so they judge what opens a door.
_DOORS = "test_routes_answer_an_actor_as_the_table_says["
_OUTSIDE = ("anonymous]", "unassigned]", "board]", "stranger]")
_ASK = "written_once.<locals>.ask"  # keeps what was written before
_SCOPES = "test_queries_"
# A copy of the database serves one process.
_COMMIT = {"transactional_db", "live_server", "page", "browser"}
_FEW = 12  # rows of the table, as a first try
_MOST = 200.0  # seconds of tests that a survivor was tried with


class Trials:
    """A plugin of pytest that tries mutants where pytest would run its tests."""

    def __init__(self, mutants: Sequence[Mutant], processes: int) -> None:
        self.mutants, self.processes = mutants, processes
        self.reach: dict[tuple[str, int], list[pytest.Item]] = {}
        self.seconds: dict[str, float] = {}
        self.rows: dict[tuple[str, int], set[int]] = {}  # rows of the table, by id()
        self.killers: dict[str, list[str]] = {}
        self.fit: set[str] = set()
        self.unfit: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Say in the standard errors why a test could not even begin."""
        if report.failed and report.when != "call":
            sys.stderr.write(f"{report.nodeid}: {report.longreprtext[-300:]}\n")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        global test_permissions  # noqa: PLW0603 - it needs settings
        test_permissions = sys.modules["tests.access.test_permissions"]
        items = [item for item in session.items if not _commits(item)]
        self.record(items)
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

    def record(self, items: Sequence[pytest.Item]) -> None:
        """Run every test once, and note which of the lines it runs."""
        files = {str(ROOT / mutant.file) for mutant in self.mutants}
        run: set[tuple[str, int]] = set()
        by_row: set[tuple[str, int]] = set()
        watching = sys.monitoring
        watching.use_tool_id(4, "access")

        def line(code: CodeType, number: int) -> None:
            run.add((code.co_filename, number))
            by_row.add((code.co_filename, number))

        asks = test_permissions.ask

        def ask(cast: Any, actor: str, row: Any, client: Any = None) -> Any:
            by_row.clear()
            answer = asks(cast, actor, row, client)
            for place in by_row:
                self.rows.setdefault(place, set()).add(id(row))
            return answer

        test_permissions.ask = ask
        watching.register_callback(4, watching.events.LINE, line)
        for code in _codes_of(files):
            watching.set_local_events(4, code, watching.events.LINE)
        for number, item in enumerate(items):
            run.clear()
            before = os.times()[0]
            following = items[number + 1] if number + 1 < len(items) else items[0]
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            self.seconds[item.nodeid] = os.times()[0] - before
            for place in run:
                self.reach.setdefault(place, []).append(item)
        for code in _codes_of(files):
            watching.set_local_events(4, code, 0)
        test_permissions.ask = asks
        watching.free_tool_id(4)

    def try_all(
        self,
        session: pytest.Session,
        items: Sequence[pytest.Item],
        mutants: Sequence[Mutant],
    ) -> None:
        for mutant in mutants:
            judges = self.judges_of(mutant, (ROOT / mutant.file).read_bytes(), items)
            noticed = self.trial(session, mutant, judges, items, few=True)
            if noticed.startswith("survived"):
                noticed = self.trial(session, mutant, judges, items)
            while self.fails_always(session, noticed, items):
                judges = [item for item in judges if item.nodeid not in self.unfit]
                noticed = self.trial(session, mutant, judges, items)
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
        first = []
        if mutant.what.startswith("no @"):
            first = [item for item in items if _DOORS in item.nodeid]
            first.sort(key=lambda item: not item.nodeid.endswith(_OUTSIDE))
        file = str(ROOT / mutant.file)
        lines = extent(source, mutant)
        found = {x for line in lines for x in self.reach.get((file, line), ())}
        before = self.killers.get(mutant.file, [])
        order = {name: -place for place, name in enumerate(before)}
        rest = sorted(
            found - {*first},
            key=lambda x: (order.get(x.nodeid, 1), self.seconds[x.nodeid]),
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
        file, source = str(ROOT / mutant.file), (ROOT / mutant.file).read_bytes()
        found = {
            row
            for line in extent(source, mutant)
            for row in self.rows.get((file, line), ())
        }
        if mutant.what.startswith("no @") or not found:
            return
        rows = [row for row in test_permissions.ROWS if id(row) in found]
        rows = rows[:: 1 + len(rows) // _FEW] if few else rows
        test_permissions.ROWS = tuple(rows)
        known = test_permissions.OF_AN_ID
        test_permissions.OF_AN_ID = [row for row in known if row in rows]

    def first_to_notice(
        self,
        session: pytest.Session,
        judges: Sequence[pytest.Item],
        items: Sequence[pytest.Item],
    ) -> str:
        spent = 0.0
        for item, following in pairwise([*judges, *others_than(judges[-1:], items)]):
            seconds = self.seconds[item.nodeid]
            spent += seconds
            if spent > _MOST:
                break
            signal.setitimer(signal.ITIMER_PROF, 10 * seconds + 20)
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.testsfailed:
                return f"killed by {item.nodeid}"
        return f"survived {len(judges)} tests"


def _codes_of(files: Set[str]) -> Iterator[CodeType]:
    """Yield all code that is loaded from files, also what is inside of other code."""
    from django.urls import get_resolver  # noqa: PLC0415 - once there are settings

    list(_patterns(get_resolver()))  # which loads the views
    waiting = [x[0].__code__ for x in loaded_functions().values()]
    while waiting:
        code = waiting.pop()
        if code.co_filename in files:
            yield code
        waiting += [x for x in code.co_consts if isinstance(x, CodeType)]


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


def put_in(mutant: Mutant) -> None:
    """Change what is loaded as if the mutant had been there."""
    source = (ROOT / mutant.file).read_bytes()
    after = mutant.applied_to(source)
    if mutant.what == "no scope":
        _unscope(mutant, source)
    elif mutant.what.startswith("no @"):
        _define_again(mutant, after)
    else:
        swap(loaded_functions(), ROOT / mutant.file, source, after)
    gc.unfreeze()
    for each in gc.get_objects():
        if isinstance(each, functools._lru_cache_wrapper):
            each.cache_clear()
        elif type(each) is FunctionType and each.__code__.co_qualname == _ASK:
            kept = each.__code__.co_freevars.index("kept")
            (each.__closure__ or ())[kept].cell_contents.clear()


def _unscope(mutant: Mutant, source: bytes) -> None:
    """Let a manager find the rows of every organization."""
    from django.apps import apps  # noqa: PLC0415 - once there are settings

    [(owner, name)] = [
        (node.name, target.id)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef)
        for each in node.body
        if isinstance(each, ast.Assign | ast.AnnAssign)
        if each.lineno <= mutant.line <= (each.end_lineno or 0)
        for target in (each.targets if isinstance(each, ast.Assign) else [each.target])
        if isinstance(target, ast.Name)
    ]
    model = apps.get_model("audits", owner)
    manager = next(each for each in model._meta.managers if each.name == name)
    for attribute in ("get_queryset", "all"):
        delattr(type(manager), attribute)


def _define_again(mutant: Mutant, after: bytes) -> None:
    """Define one function of a module again, and let addresses lead to it."""
    from django.urls import get_resolver  # noqa: PLC0415 - once there are settings

    module = importlib.import_module(mutant.file[:-3].replace("/", "."))
    name = mutant.what.rpartition(" ")[2]
    was = vars(module)[name]
    tree = ast.parse(after)
    functions = (each for each in tree.body if isinstance(each, ast.FunctionDef))
    tree.body = [each for each in functions if each.name == name]
    exec(compile(tree, str(ROOT / mutant.file), "exec"), vars(module))  # noqa: S102 - ours
    now = vars(module)[name]
    names = set()
    for pattern in _patterns(get_resolver()):
        if pattern.callback is was:
            pattern.callback = now
            names.add(pattern.name)
    if names:  # only these rows can tell
        rows = test_permissions.ROWS
        test_permissions.ROWS = tuple(row for row in rows if row.url[0] in names)


def _patterns(resolver: Any) -> Iterator[Any]:
    for entry in resolver.url_patterns:
        if hasattr(entry, "url_patterns"):
            yield from _patterns(entry)
        else:
            yield entry


_out = os.fdopen(os.dup(1), "w")


def say(text: str) -> None:
    _out.write(f"{text}\n")
    _out.flush()


def main() -> None:
    parser = ArgumentParser(
        prog="python -m tests.mutation.access",
        description=__doc__,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--only", action="append", metavar="TEXT", help="only those with it in the name"
    )
    parser.add_argument("--sample", type=int, metavar="N", help="try only N changes")
    parser.add_argument("--processes", type=int, default=2, metavar="N")
    parser.add_argument("tests", nargs="*", help="the tests that judge")
    given = parser.parse_args()
    only = given.only or [""]
    mutants = [
        each for each in all_access_mutants(ROOT) if any(x in str(each) for x in only)
    ]
    if given.sample:
        random.shuffle(mutants)
        mutants = mutants[: given.sample]
    say(f"{len(mutants)} changes")
    judges = given.tests or [str(ROOT / "tests" / each) for each in JUDGES]
    options = ["-q", "-p", "no:cacheprovider", "--tb=no", "--no-header"]
    pytest.main([*options, *judges], plugins=[Trials(mutants, given.processes)])


if __name__ == "__main__":
    main()
