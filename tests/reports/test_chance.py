"""Page 1 says that chance may explain that the target is met."""

from dataclasses import replace

import pytest

from audits.models import Cover
from audits.reports.page_one import page_one
from tests.scoring.chances.test_chance import CHANCE, FRAMEWORK, ROW, assessed


@pytest.mark.parametrize(("cases", "passed"), [(50, 46), (30, 28)])
def test_page_1_says_that_chance_may_explain_it(cases: int, passed: int) -> None:
    found = assessed(replace(ROW, cases=cases, passed=passed))

    one = page_one(FRAMEWORK, found, Cover(), "Triage")

    assert CHANCE in one.recommendation
