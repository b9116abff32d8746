"""docs/security.md has each requirement once, and names tests that are there."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCUMENT = (ROOT / "docs" / "security.md").read_text("utf-8")
NUMBER = re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}")
# The sections of ASVS 5.0.0 and their requirements of levels 1 and 2.
STANDARD = """
    1.1.1-2 1.2.1-9 1.3.1-11 1.4.1-3 1.5.1-2
    2.1.1-3 2.2.1-3 2.3.1-4 2.4.1
    3.2.1-2 3.3.1-4 3.4.1-6 3.5.1-5 3.7.1-2
    4.1.1-3 4.2.1 4.3.1-2 4.4.1-4
    5.1.1 5.2.1-3 5.3.1-2 5.4.1-3
    6.1.1-3 6.2.1-12 6.3.1-4 6.4.1-4 6.5.1-5 6.6.1-3 6.8.1-4
    7.1.1-3 7.2.1-4 7.3.1-2 7.4.1-5 7.5.1-2 7.6.1-2
    8.1.1-2 8.2.1-3 8.3.1 8.4.1
    9.1.1-3 9.2.1-4
    10.1.1-2 10.2.1-2 10.3.1-4 10.4.1-11 10.5.1-5 10.6.1-2 10.7.1-3
    11.1.1-2 11.2.1-3 11.3.1-3 11.4.1-4 11.5.1 11.6.1
    12.1.1-3 12.2.1-2 12.3.1-4
    13.1.1 13.2.1-5 13.3.1-2 13.4.1-5
    14.1.1-2 14.2.1-4 14.3.1-3
    15.1.1-3 15.2.1-3 15.3.1-7
    16.1.1 16.2.1-5 16.3.1-4 16.4.1-3 16.5.1-3
    17.1.1 17.2.1-4 17.3.1-2
"""


def numbers_of_the_standard() -> set[str]:
    found = set()
    for part in STANDARD.split():
        section, _, last = part.rpartition(".")
        first, _, end = last.partition("-")
        found |= {f"{section}.{n}" for n in range(int(first), int(end or first) + 1)}
    return found


def sections() -> dict[str, list[list[str]]]:
    """Return the cells of the rows below each heading that have a number."""
    found: dict[str, list[list[str]]] = {}
    for part in re.split(r"^## ", DOCUMENT, flags=re.MULTILINE)[1:]:
        title, _, text = part.partition("\n")
        rows = [line.strip("| ").split(" | ") for line in text.splitlines()]
        place = 1 if title == "Does not apply" else 0
        found[title] = [
            row for row in rows if len(row) > place and NUMBER.match(row[place])
        ]
    return found


@cache
def written_in(path: str) -> frozenset[str]:
    """Return the tests of a file."""
    tree = ast.parse((ROOT / "tests" / path).read_text("utf-8"))
    return frozenset(
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def test_each_requirement_of_levels_1_and_2_is_there_once() -> None:
    told = Counter[str]()
    for title, rows in sections().items():
        for row in rows:
            cells = row[1] if title == "Does not apply" else row[0]
            assert re.fullmatch(rf"{NUMBER.pattern}(, {NUMBER.pattern})*", cells), row
            told.update(cells.split(", "))

    assert {number for number, times in told.items() if times > 1} == set()
    assert set(told) == numbers_of_the_standard()
    assert len(told) == 253


def test_what_is_met_names_a_test_that_is_there() -> None:
    rows = sections()["Met, and kept by a test"]
    assert len(rows) > 100

    for number, level, asks, how, kept_by in rows:
        path, _, name = kept_by.partition("::")
        assert level in {"1", "2"}, number
        assert asks, number
        assert how, number
        assert name in written_in(path), number


def test_what_is_not_met_says_what_follows() -> None:
    rows = sections()["Not met"]
    assert rows

    for row in rows:
        number, level, *said = row
        assert level in {"1", "2"}, number
        assert len(said) == 3, number
        assert all(said), number
