"""The title of a paper says what is to be done, not only the name of a verdict."""

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.board.acts import act_of
from audits.scoring.explaining.advice_rows import asked
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.costs.worked_moves import ENDS
from tests.scoring.twelve_verdicts import ANSWERS


@pytest.mark.parametrize(
    ("verdict", "act"),
    [
        ("stop_fine_tuning", "stop training, use retrieval"),
        ("rag", "use retrieval"),
        ("few_shot", "use examples in the prompt"),
        ("gather_evidence", "measure first, then decide"),
        ("distil", "train a small model"),
        ("train_small_part", "price the small part first, then decide"),
        ("fine_tune", "train a model"),
        ("fine_tune_after_mlops", "prepare to run a model, train later"),
        ("keep", "keep the tuned model"),
        # Its name also stands for rules and programs.
        ("untuned_model", "untuned model"),
    ],
)
def test_title_says_the_act(verdict: str, act: str) -> None:
    said = act_of(current(), assessed(ANSWERS[verdict]))

    assert said.removesuffix(", do not train") == act


def test_small_part_without_a_price_asks_for_that_price_and_not_for_training() -> None:
    assert asked(current(), assessed(ANSWERS["train_small_part"])) == (
        "Agree to give the small part a price, then decide on training it."
    )


def test_act_of_a_move_has_the_day_on_which_the_model_ends() -> None:
    moved = assessed(ANSWERS["migrate"], **ENDS)

    assert act_of(current(), moved) == (
        "move off the tuned model before 14 January 2027"
    )


@pytest.mark.parametrize("verdict", ANSWERS)
def test_what_has_stopped_stays_so_until_it_is_resumed(verdict: str) -> None:
    assert act_of(current(), assessed(ANSWERS[verdict]), "stopped") == "stay stopped"
