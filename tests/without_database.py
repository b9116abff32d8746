"""Folders in which no test asks for a database, so that nobody reads them in vain.

They hold half of the tests. A run of those that a database decides would import each
file, only to leave out all that is in it; `./run test` makes two such runs.
"""

from functools import cache
from pathlib import Path

from tests.on_both import NORMAL

_TESTS = Path(__file__).parent
WITHOUT_DATABASE = frozenset(
    _TESTS / name
    for name in (
        *("charts", "evaluations", "landscape", "method", "mutation", "record"),
        *("scoring", "supply", "test_conventions.py", "usage", "verdicts"),
    )
)
_ALL_ONCE = "\npytestmark = pytest.mark.once\n"
# The marks of what uses a database, as `./run test` spells them.
_NEED_DATABASE = frozenset(("not once", "not no_database", NORMAL))


def is_read_in_vain(path: Path, expression: str) -> bool:
    """Return whether the expression of `-m` takes nothing of what is at a path."""
    if path in WITHOUT_DATABASE:
        return expression in _NEED_DATABASE
    return (
        expression == "not once"
        and path.name.startswith("test_")
        and path.is_file()
        and _ALL_ONCE in path.read_text(encoding="utf-8")
    )


def assert_needs_none(path: Path) -> None:
    """Refuse a test that asks for a database, where it would not be run on each."""
    if _is_passed_over(path):
        raise AssertionError(
            f"{path.relative_to(_TESTS.parent)} asks for a database, and a run that "
            "needs one passes over it (tests/without_database.py): put it elsewhere"
        )


@cache
def _is_passed_over(path: Path) -> bool:
    return not WITHOUT_DATABASE.isdisjoint((path, *path.parents))
