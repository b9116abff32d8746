"""Page 1 says which fault its advice leaves."""

from audits.frameworks.loading.loader import current
from audits.models import Cover
from audits.reports.page_one import page_one
from tests.scoring.cards.test_faults import of


def test_page_1_names_the_fault_that_the_advice_leaves() -> None:
    facts_and_tone = of("knowledge", "style")

    one = page_one(current(), facts_and_tone, Cover(), "Letters")

    assert one.recommendation.endswith(" It leaves “Style”.")
