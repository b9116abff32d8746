"""A day that is old, still to come or before its model is said of a file's result."""

from datetime import date
from decimal import Decimal

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.scoring.told.results_told import results_told

ON = date(2026, 11, 24)
OF_FILE = "“claude-haiku-4-5 (Written prompt)”: 62 of 100, uploaded by Ben, tested on "


def told(day: date) -> tuple[str, ...]:
    row = ScoredCandidate(
        id="c1",
        kind="prompt",
        cases=100,
        passed=62,
        model="claude-haiku-4-5",
        day=day,
        by="Ben",
        sha256="f" * 64,
        run=0,
    )
    found = Candidates(rows=(row,), target=Decimal("0.8"))
    assessment = assess_on(current(), Inputs(codes={}, candidates=found), ON)
    return results_told(current(), assessment, {})


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 12, 24), "24 December 2026, a day still to come."),
        (date(2025, 11, 1), "1 November 2025, more than a year ago."),
        (
            date(2021, 3, 1),
            "1 March 2021, 5 years ago, before Claude Haiku 4.5 was released on 15 "
            "October 2025.",
        ),
    ],
)
def test_odd_day_of_a_files_result_is_said(day: date, said: str) -> None:
    assert told(day) == (f"{OF_FILE}{said}",)


def test_day_of_a_files_result_that_can_be_right_is_not_said() -> None:
    assert told(date(2026, 11, 20)) == ()
