"""Page 1 says which fault its advice leaves."""

import re

import pytest

from audits.frameworks.loading.loader import current
from audits.models import Cover
from audits.reports.page_one import page_one
from tests.scoring.cards.test_faults import of
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS


def test_page_1_names_the_fault_that_the_advice_leaves() -> None:
    facts_and_tone = of("knowledge", "style")

    one = page_one(current(), facts_and_tone, Cover(), "Letters")

    assert one.recommendation.endswith(" It leaves “Style”.")


@pytest.mark.parametrize("verdict", ANSWERS)
def test_advice_is_apart_from_the_name_of_the_verdict(verdict: str) -> None:
    found = assessed(ANSWERS[verdict])

    one = page_one(current(), found, Cover(), "Letters")

    assert re.match(r"[.:,]? \(?\w", one.recommendation)
