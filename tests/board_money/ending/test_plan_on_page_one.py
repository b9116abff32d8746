"""Page 1 lets a plan go on as what is not ruled out."""

from tests.board_money.ending.test_plan_goes_on_as_what_is_allowed import LONG, TODAY
from tests.board_money.printed_papers import page_one_of, paper_of
from tests.casting import Cast
from tests.reports.papers import words_of
from tests.scoring.twelve_verdicts import ANSWERS


def test_page_one_does_not_go_on_with_what_it_rules_out(cast: Cast) -> None:
    paper = paper_of(cast, ANSWERS["stop_fine_tuning"], **TODAY, **LONG)
    said = page_one_of(paper)

    assert "as “Retrieval”, because prompts are ruled out" in paper.one.further_note
    assert "is spent after its model retires, on “Retrieval”" in words_of(paper)[1]
    assert "a prompt on the model that replaces" not in said
