"""Runs shares of the tests on SQLite side by side, in copies of one process.

    python -m tests.side_by_side FOLDER OPTION... -- NAME ARGS... -- NAME ARGS...

What each of them needs – Django, Attune, the templates – is loaded before the copies
are made: it took four seconds of a processor in each. What a share says goes into a
file of its name in the folder, and what the one without a name says is shown at once.
"""

import ctypes
import gc
import importlib
import os
import pkgutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import django
import pytest
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from hypothesis.configuration import notice_initialization_restarted
from hypothesis.internal.conjecture.providers import _get_local_constants

from tests.environment import set_environment

type Share = tuple[str, list[str]]
type Work = Callable[[list[str]], object]
_END_WITH_PARENT = 1  # PR_SET_PDEATHSIG
# What an assertion inside Hypothesis compares, nobody asks.
_QUIETLY = ["-W", "ignore:Module already imported:pytest.PytestAssertRewriteWarning"]


def shares_in(arguments: list[str]) -> Iterator[Share]:
    """Yield the name of each share, and what pytest is told."""
    options: list[str] | None = None
    for words in _parted(arguments):
        if options is None:
            options = words
        else:
            yield words[0], [*options, *words[1:]]


def _parted(arguments: list[str]) -> Iterator[list[str]]:
    words: list[str] = []
    for argument in arguments:
        if argument == "--":
            yield words
            words = []
        else:
            words.append(argument)
    yield words


def run_side_by_side(folder: Path, shares: list[Share], work: Work) -> bool:
    """Do the work of each share in a copy of this process; tell if all went well."""
    copies = [_copy(folder, share, work) for share in shares]
    statuses = [os.waitpid(copy, 0)[1] for copy in copies]
    return not any(statuses)


def _copy(folder: Path, share: Share, work: Work) -> int:
    name, arguments = share
    parent = os.getpid()
    if process := os.fork():
        return process
    # Else the tests would go on after `run` is stopped.
    ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit(1)
    if name:
        with (folder / name).open("w") as log:
            os.dup2(log.fileno(), 1)
            os.dup2(log.fileno(), 2)
    sys.exit(work(arguments))  # type: ignore[arg-type] # a status, as of pytest


def _load_all() -> None:
    """Load what most shares need, and open no file and no connection for good."""
    set_environment()
    django.setup()
    audits = importlib.import_module("audits")
    for module in pkgutil.walk_packages(audits.__path__, "audits."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in ("casting", "cast_copies", "signed_in", "statements"):
        importlib.import_module(f"tests.{name}")
    for file in Path("templates").rglob("*.html"):
        with suppress(TemplateDoesNotExist):
            get_template(str(file.relative_to("templates")))
    # It reads each file of ours for constants, which it may give to a test.
    _get_local_constants()
    notice_initialization_restarted(warn=False)


def _run_pytest(arguments: list[str]) -> int:
    sys.argv = ["pytest", *arguments]
    return int(pytest.main([*_QUIETLY, *arguments]))


if __name__ == "__main__":
    # What is there when the copies begin stays, and their memory is shared.
    gc.disable()
    _load_all()
    gc.freeze()
    folder, *told = sys.argv[1:]
    done = run_side_by_side(Path(folder), list(shares_in(told)), _run_pytest)
    sys.exit(not done)
