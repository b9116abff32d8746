"""Page 1 speaks to a board of the team that tested, in the words of its file."""

import pytest

from audits.frameworks.loading.loader import current
from audits.models import Cover
from audits.reports.page_one import page_one
from audits.scoring.exchange.page_one import page_one_says
from audits.scoring.explaining.for_board import for_board
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS


@pytest.mark.parametrize("verdict", ["prompt_long_context", "fine_tune", "few_shot"])
def test_page_one_says_that_the_team_tested(verdict: str) -> None:
    found = assessed(ANSWERS[verdict])
    page = page_one(current(), found, Cover(), "Triage")

    told = (
        *(page.decision_asked, page.recommendation, page.why_now, page.next_date),
        *(*page.conditions, page.change, *(each.why for each in page.options)),
    )
    assert not [words for words in told if "you tested" in words or "you may" in words]


def test_file_of_a_paper_has_the_words_of_the_page() -> None:
    found = assessed(ANSWERS["prompt_long_context"])
    says = page_one_says(current(), found)

    assert "use what the team tested" in says.decision
    assert not [each.why for each in says.options if "you tested" in each.why]


def test_words_without_the_reader_stay() -> None:
    said = "Documents that the youngest model reads are found first."
    assert for_board(said) == said
