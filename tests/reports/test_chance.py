"""Page 1 says how many passed where chance may explain that the target is met."""

from dataclasses import replace

import pytest

from audits.models import Cover
from audits.reports.page_one import page_one
from tests.scoring.chances.test_chance import FRAMEWORK, ROW, assessed


@pytest.mark.parametrize(("cases", "passed"), [(50, 46), (30, 28)])
def test_page_1_says_how_many_passed_and_were_needed(cases: int, passed: int) -> None:
    found = assessed(replace(ROW, cases=cases, passed=passed))

    one = page_one(FRAMEWORK, found, Cover(), "Triage")

    assert f"({passed} of {cases} passed, " in one.recommendation
    assert "needed, so check it in live use)" in one.recommendation
