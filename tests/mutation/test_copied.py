"""The mutation check runs in a copy of part of the tree, with all that it needs."""

import ast
from pathlib import Path

import pytest

from tests.mutation.trials import (
    COPIED,
    COPIED_FILES,
    LEFT_OUT,
    OF_CODE_ALONE,
    ROOT,
    readiness,
)


# A thorough run goes on to the mutation check, which begins with the same, and what is
# imported and not copied is told by the test below.
@pytest.mark.thorough
def test_every_judge_is_imported_from_the_copy_and_has_its_fixtures() -> None:
    found = readiness()

    left_out = tuple(LEFT_OUT)
    assert [fault for fault in found.faults if not fault.startswith(left_out)] == []
    named = (*LEFT_OUT, *OF_CODE_ALONE)
    there = (*found.tests, *found.faults)
    gone = [x for x in named if not any(test.startswith(x) for test in there)]
    assert gone == []


def test_judges_import_only_tests_that_are_copied() -> None:
    judges = [
        path
        for folder in ("scoring", "frameworks")
        for path in (ROOT / "tests" / folder).rglob("*.py")
        if str(path.relative_to(ROOT)) not in LEFT_OUT
    ]
    missing = {
        (str(path.relative_to(ROOT)), name)
        for path in judges
        for name in imported_tests(path)
        if not is_copied(name.replace(".", "/") + ".py")
    }

    assert missing == set()


def imported_tests(path: Path) -> list[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return [
        node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and node.module
        and node.module.startswith("tests.")
    ]


def is_copied(file: str) -> bool:
    return file in COPIED_FILES or file.startswith(tuple(f"{x}/" for x in COPIED))
