"""Puts a mutant of access into what is loaded, and lets go of what was kept of it."""

import ast
import functools
import gc
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from tests.mutation.mutants import Mutant
from tests.mutation.swapping import (
    OtherShapeError,
    loaded_functions,
    swap,
    swap_whole,
)

ROOT = Path.cwd()
_ASK = "written_once.<locals>.ask"  # keeps what was written before


def table() -> Any:
    """Return the module of the table of permissions, which tests have loaded."""
    return sys.modules["tests.access.test_permissions"]


def kept_queries() -> list[dict[Any, Any]]:
    """Return what `written_once` keeps: one dictionary for each query."""
    gc.unfreeze()
    return [
        (each.__closure__ or ())[each.__code__.co_freevars.index("kept")].cell_contents
        for each in gc.get_objects()
        if type(each) is FunctionType and each.__code__.co_qualname == _ASK
    ]


def put_in(mutant: Mutant) -> None:
    """Change what is loaded as if the mutant had been there."""
    source = (ROOT / mutant.file).read_bytes()
    after = mutant.applied_to(source)
    if mutant.what == "no scope":
        _unscope(mutant, source)
    elif mutant.what.startswith("no @"):
        _define_again(mutant, after)
    else:
        functions, file = loaded_functions(), ROOT / mutant.file
        try:
            swap(functions, file, source, after)
        except (OtherShapeError, ValueError):
            swap_whole(functions, file, source, after)
    gc.unfreeze()
    for each in gc.get_objects():
        if isinstance(each, functools._lru_cache_wrapper):
            each.cache_clear()
    for kept in kept_queries():
        kept.clear()


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
    if name not in vars(module):
        _open_inner(mutant.what.split()[1][1:], module)
        return
    was = vars(module)[name]
    tree = ast.parse(after)
    functions = (each for each in tree.body if isinstance(each, ast.FunctionDef))
    tree.body = [each for each in functions if each.name == name]
    exec(compile(tree, str(ROOT / mutant.file), "exec"), vars(module))  # noqa: S102 - ours
    now = vars(module)[name]
    names = set()
    for pattern in patterns(get_resolver()):
        if pattern.callback is was:
            pattern.callback = now
            names.add(pattern.name)
    if names:  # only these rows can tell
        rows = table().ROWS
        table().ROWS = tuple(row for row in rows if row.url[0] in names)


def _open_inner(door: str, module: ModuleType) -> None:
    """Let a door through to what another door of the same module is behind it."""
    source = f"def {door}(view):\n def guarded(*a, **b): return view(*a, **b)"
    [made] = [x for x in compile(source, "", "exec").co_consts if type(x) is CodeType]
    [through] = [x for x in made.co_consts if type(x) is CodeType]
    for (_, name, _), found in loaded_functions().items():
        for each in found if name == f"{door}.<locals>.guarded" else ():
            if each.__wrapped__.__code__.co_filename == module.__file__:  # type: ignore[attr-defined]
                each.__code__ = through


def patterns(resolver: Any) -> Iterator[Any]:
    for entry in resolver.url_patterns:
        if hasattr(entry, "url_patterns"):
            yield from patterns(entry)
        else:
            yield entry
