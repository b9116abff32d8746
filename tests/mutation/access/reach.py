"""Which tests run a line, and which ask an address: they can notice a change of it."""

import importlib
import os
import sys
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

from tests.mutation.access.swaps import ROOT, kept_queries, patterns, table
from tests.mutation.swapping import loaded_functions

type Place = tuple[str, int]


class Reach:
    """What every test did when nothing was changed.

    A view that refuses before its body runs no line of it, so what asks its address
    counts as well. What is kept of a query is let go before each test and each row:
    else the first alone would run the lines that write it.
    """

    def __init__(self, files: Set[str]) -> None:
        self.files = files
        self.lines: dict[Place, list[pytest.Item]] = {}
        self.addresses: dict[str, list[pytest.Item]] = {}
        self.seconds: dict[str, float] = {}
        self.rows: dict[Place, set[int]] = {}  # rows of the table, by id()

    def record(self, items: Sequence[pytest.Item]) -> None:
        """Run every test once, and note which of the lines it runs."""
        run: set[Place] = set()
        asked: set[str] = set()
        kept = kept_queries()
        with self._watching(run, kept), _noting(asked):
            for number, item in enumerate(items):
                run.clear()
                asked.clear()
                _let_go(kept)
                before = os.times()[0]
                following = items[(number + 1) % len(items)]
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                self.seconds[item.nodeid] = os.times()[0] - before
                for place in run:
                    self.lines.setdefault(place, []).append(item)
                for name in asked:
                    self.addresses.setdefault(name, []).append(item)

    @contextmanager
    def _watching(
        self, run: set[Place], kept: Sequence[dict[Any, Any]]
    ) -> Iterator[None]:
        """Note each line that is run meanwhile, and by which row of the table."""
        by_row: set[Place] = set()
        watching = sys.monitoring
        watching.use_tool_id(4, "access")

        def line(code: CodeType, number: int) -> None:
            run.add((code.co_filename, number))
            by_row.add((code.co_filename, number))

        asks = table().ask

        def ask(cast: Any, actor: str, row: Any, client: Any = None) -> Any:
            by_row.clear()
            _let_go(kept)
            answer = asks(cast, actor, row, client)
            for place in by_row:
                self.rows.setdefault(place, set()).add(id(row))
            return answer

        table().ask = ask
        watching.register_callback(4, watching.events.LINE, line)
        for code in _codes_of(self.files):
            watching.set_local_events(4, code, watching.events.LINE)
        yield
        for code in _codes_of(self.files):
            watching.set_local_events(4, code, 0)
        table().ask = asks
        watching.free_tool_id(4)

    def asking(self, file: Path, function: str) -> list[pytest.Item]:
        """Return what asks an address of a view; of its whole file if it has none."""
        from django.urls import get_resolver  # noqa: PLC0415 - once there are settings

        module = sys.modules[".".join(file.with_suffix("").parts)]
        found = list(patterns(get_resolver()))
        own = vars(module).get(function)
        names = {each.name for each in found if each.callback is own} or {
            each.name for each in found if each.callback.__module__ == module.__name__
        }
        return [item for name in names for item in self.addresses.get(name or "", ())]


@contextmanager
def _noting(asked: set[str]) -> Iterator[None]:
    """Note the name of each address that is asked meanwhile."""
    from django.core.handlers.base import BaseHandler  # noqa: PLC0415 - as above

    resolves = BaseHandler.resolve_request

    def resolve_request(handler: BaseHandler, request: Any) -> Any:
        found = resolves(handler, request)
        asked.add(found.url_name or "")
        return found

    BaseHandler.resolve_request = resolve_request  # type: ignore[assignment,method-assign]
    yield
    BaseHandler.resolve_request = resolves  # type: ignore[method-assign]


def _let_go(kept: Sequence[dict[Any, Any]]) -> None:
    for each in kept:
        each.clear()


def _codes_of(files: Set[str]) -> Iterator[CodeType]:
    """Yield all code that is loaded from files, also what is inside of other code."""
    from django.urls import get_resolver  # noqa: PLC0415 - once there are settings

    list(patterns(get_resolver()))  # which loads the views
    for file in files:  # the first request loads some more
        name = Path(file).relative_to(ROOT).with_suffix("")
        importlib.import_module(".".join(name.parts))
    waiting = [x[0].__code__ for x in loaded_functions().values()]
    while waiting:
        code = waiting.pop()
        if code.co_filename in files:
            yield code
        waiting += [x for x in code.co_consts if isinstance(x, CodeType)]
