"""A contradiction stands until later checks confirm all that it was about."""

from dataclasses import dataclass, field

import pytest

from audits.scoring.retests.standing import standing


@dataclass
class Check:
    state: str
    rows: list[list[str]] = field(default_factory=list)


def check(state: str, **marks: str) -> Check:
    rows = [[mark.replace("_", " "), about, ""] for about, mark in marks.items()]
    return Check(state, rows)


USELESS = check("not_known", Prompt="measured")
FALLEN = check(
    "differs", Prompt="differs", Gap="holds", Passed="holds", Verdict="holds"
)
SLOW = check("differs", Prompt="measured", Speed="differs", Verdict="differs")
GOOD = check("holds", Prompt="measured", Gap="holds", Passed="holds", Verdict="holds")
OF_ANOTHER = check("holds", Strong="measured", Gap="holds", Verdict="holds")
ALL = check("holds", Prompt="measured", Speed="holds", Verdict="holds")
UNSURE = check("holds", Prompt="not_shown", Gap="holds", Verdict="holds")


@pytest.mark.parametrize(
    ("newest_first", "stands"),
    [
        ([], None),
        ([USELESS], None),
        ([USELESS, FALLEN], FALLEN),
        ([USELESS, GOOD], GOOD),
        ([GOOD, FALLEN], GOOD),
        ([FALLEN, GOOD], FALLEN),
        ([OF_ANOTHER, FALLEN], FALLEN),
        ([UNSURE, FALLEN], FALLEN),
        ([OF_ANOTHER, GOOD, FALLEN], OF_ANOTHER),
        ([USELESS, OF_ANOTHER, USELESS, FALLEN, GOOD], FALLEN),
        ([GOOD, SLOW], SLOW),
        ([ALL, SLOW], ALL),
        ([SLOW, FALLEN], SLOW),
    ],
)
def test_check_that_stands(newest_first: list[Check], stands: Check | None) -> None:
    assert standing(newest_first) is stands


def test_two_candidates_of_one_name_confirm_only_together() -> None:
    both = Check("holds", [["measured", "Prompt", ""], ["not shown", "Prompt", ""]])

    assert standing([both, FALLEN]) is FALLEN
