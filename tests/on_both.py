"""Which tests a normal run repeats on PostgreSQL: those that are marked `on_both`.

A mark stands at a test or a file, or is set here, where all that is tested in a folder
is decided by a database (CONTRIBUTING.md).
"""

from functools import cache
from pathlib import Path

import pytest

_TESTS = Path(__file__).parent
FOLDERS = (
    *("faults", "models", "services/files", "services/jobs", "services/papers"),
    *("services/portfolio", "services/record", "services/use_cases"),
)
# As `./run test` spells it.
NORMAL = "on_both and not once"


def mark_what_a_database_decides(item: pytest.Item, *, commits: bool) -> None:
    """Mark a test that uses a database, by its folder.

    Elsewhere, refuse one that commits and says neither that it is repeated nor that it
    is not: mostly it is about threads, locks, or what stays after an error.
    """
    if item.get_closest_marker("once"):
        return
    if _is_about_a_database(item.path):
        item.add_marker("on_both")
    if commits and not item.get_closest_marker("on_both"):
        raise AssertionError(
            f"{item.nodeid} commits, and is marked neither on_both nor once "
            "(CONTRIBUTING.md)"
        )


# Once for each file: to ask it for each test took a tenth of collecting them.
@cache
def _is_about_a_database(path: Path) -> bool:
    return any(_TESTS / folder in path.parents for folder in FOLDERS)


def is_repeated_nowhere(path: Path, expression: str) -> bool:
    """Return whether a run with `-m` of this expression takes nothing of a file.

    To import each file in vain took a tenth of such a run.
    """
    return (
        expression == NORMAL
        and path.name.startswith("test_")
        and not _is_about_a_database(path)
        and path.is_file()
        and "on_both" not in path.read_text(encoding="utf-8")
    )
