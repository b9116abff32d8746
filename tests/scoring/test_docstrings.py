"""The examples in docstrings hold: here of the scoring and of what it reads."""

import doctest
import importlib
from pathlib import Path

import pytest

from audits import frameworks, landscape, scoring

AUDITS = Path(__file__).parents[2] / "audits"
# Imported, and not only named: what a test imports says which changes it judges.
HERE = (frameworks, landscape, scoring)


def with_examples(folder: Path) -> list[str]:
    """Return the names of all modules in a folder whose docstrings have examples."""
    return [
        ".".join(("audits", *path.relative_to(AUDITS).with_suffix("").parts))
        for path in sorted(folder.rglob("*.py"))
        if ">>> " in path.read_text("utf-8")
    ]


@pytest.mark.parametrize(
    "module", [x for each in HERE for x in with_examples(Path(each.__path__[0]))]
)
def test_examples_in_docstrings_hold(module: str) -> None:
    found = doctest.testmod(importlib.import_module(module))

    assert (found.failed, found.attempted > 0) == (0, True)
