"""The mutation check runs in a copy of part of the tree, with the tests that judge."""

from pathlib import Path

import pytest

from tests.mutation.judges import judges
from tests.mutation.trials import LEFT_OUT, OF_CODE_ALONE, readiness


# A thorough run goes on to the mutation check, which begins with the same.
@pytest.mark.thorough
def test_every_judge_is_imported_from_the_copy_and_has_its_fixtures() -> None:
    found = readiness()

    left_out = tuple(LEFT_OUT)
    assert [fault for fault in found.faults if not fault.startswith(left_out)] == []
    named = (*LEFT_OUT, *OF_CODE_ALONE)
    there = (*found.tests, *found.faults)
    gone = [x for x in named if not any(test.startswith(x) for test in there)]
    assert gone == []


@pytest.mark.parametrize(
    ("file", "it_judges"),
    [
        ("test_docstrings.py", False),
        ("board_money/sums/test_month_parts.py", True),
        ("scoring/test_docstrings.py", True),
        # It reads models through a paper.
        ("board_money/evidence/test_setback.py", False),
        # It fills a template.
        ("board_money/asked_for/test_small_part_on_paper.py", False),
        ("charts/test_months.py", False),  # it reads nothing that changes
        ("mutation/test_swapping.py", False),
    ],
)
def test_tests_of_what_changes_judge_if_they_need_no_django(
    file: str, it_judges: bool
) -> None:
    assert judges(Path("tests", file)) is it_judges
