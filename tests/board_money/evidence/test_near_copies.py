"""Page 1 names what the reviewer confirms of two results that are nearly alike."""

from dataclasses import replace

from audits.frameworks.loading.loader import current
from audits.models import Cover
from audits.reports.page_one import page_one
from tests.scoring.test_near_copies import CONFIRM, NEARLY
from tests.scoring.test_untested_ways import OPTIMISED, SPLIT, STRONGEST, assessed


def test_page_1_has_the_confirmation_among_its_conditions() -> None:
    found = assessed(STRONGEST, OPTIMISED, replace(SPLIT, same=NEARLY))

    page = page_one(current(), found, Cover(), "Triage")

    assert page.standing == "Only once"
    assert page.conditions == (f"T{CONFIRM[1:]}",)
