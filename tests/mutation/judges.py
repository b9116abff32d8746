"""Which tests judge a change: those that read what may change, and need no Django."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
_MAY_CHANGE = ("audits/scoring/", "audits/frameworks/")
_CHECK = Path("tests", "mutation")


def judging_files() -> tuple[Path, ...]:
    """Return every file of tests that judges, from the root of the tree."""
    files = (each.relative_to(ROOT) for each in (ROOT / "tests").rglob("test_*.py"))
    return tuple(sorted(filter(judges, files)))


def judges(file: Path) -> bool:
    """Return whether a file of tests judges; those of this check do not."""
    needed = needed_by(file)
    return (
        _CHECK not in file.parents
        and any(str(each).startswith(_MAY_CHANGE) for each in needed)
        and not any(_is_django(name) for each in needed for name in _imports(each))
    )


@cache
def needed_by(file: Path) -> frozenset[Path]:
    """Return a file of ours, with all of ours that it imports, and that they import."""
    found, waiting = {file}, [file]
    while waiting:
        new = _ours(waiting.pop()) - found
        found |= new
        waiting += new
    return frozenset(found)


@cache
def _ours(file: Path) -> frozenset[Path]:
    names = [Path(*name.split(".")) for name in _imports(file)]
    modules = (name.with_suffix(".py") for name in names)
    packages = (name / "__init__.py" for name in names)
    return frozenset(x for x in (*modules, *packages) if (ROOT / x).is_file())


@cache
def _imports(file: Path) -> frozenset[str]:
    """Return the names that a file imports: modules, and what it takes from them."""
    tree = ast.parse((ROOT / file).read_bytes())
    return frozenset(name for node in ast.walk(tree) for name in _imported(node))


def _imported(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (each.name for each in names)
        case ast.ImportFrom(module=str(module), names=names):
            yield module
            yield from (f"{module}.{each.name}" for each in names)


def _is_django(module: str) -> bool:
    return "django" in module.partition(".")[0]
