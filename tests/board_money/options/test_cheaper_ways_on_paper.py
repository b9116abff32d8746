"""A paper names what costs less than what is recommended."""

import pytest

from audits.scoring.costs.cost_numbers import TRAINED
from audits.scoring.costs.rounding import written
from tests.board_money.options.test_cheaper_ways_say_why_they_are_out import (
    AT_TEN_MILLION,
    MODELS,
)
from tests.board_money.printed_papers import page_one_of, paper_of
from tests.casting import Cast
from tests.examples import some_of
from tests.scoring.twelve_verdicts import ANSWERS


@pytest.mark.once
def test_smaller_model_that_costs_less_than_distilling_is_named_on_the_paper(
    cast: Cast,
) -> None:
    paper = paper_of(cast, ANSWERS["distil"], **AT_TEN_MILLION)
    assert paper.money is not None
    assert paper.money.chosen.technique == "distil"

    # What misses the time limit is out with that reason; the smaller may be quick.
    slow = {"prompt", "few_shot", "few_shot_retrieved", "rag"}
    assert set(paper.money.ruled_out) == slow
    assert "“Smaller model”" in paper.one.further_note
    assert "Smaller model" in page_one_of(paper)


@pytest.mark.once
def test_high_case_of_what_is_recommended_is_printed_beside_todays(cast: Cast) -> None:
    today = {"today": "prompt", "requests": "1500000"}
    paper = paper_of(cast, ANSWERS["distil"], **today)
    assert paper.money is not None
    assert paper.money.today is not None
    chosen, current = paper.money.chosen, paper.money.today
    assert chosen.technique in TRAINED
    assert chosen.year.high > current.year.high

    printed = page_one_of(paper)

    assert written(chosen.year.high) in printed
    assert written(current.year.high) in printed


@pytest.mark.once
@pytest.mark.parametrize("verdict", some_of(ANSWERS, 4))
def test_one_option_is_recommended(cast: Cast, verdict: str) -> None:
    one = paper_of(cast, ANSWERS[verdict], **MODELS).one

    [chosen] = [option for option in one.options if option.is_chosen]
    called = [option for option in one.options if "(recommended)" in option.name]
    assert called in ([], [chosen])
