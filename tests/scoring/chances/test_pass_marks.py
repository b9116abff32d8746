"""A pass mark is a number where the target is known, and else asks for it first."""

from decimal import Decimal

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.cards.cards import cards_of
from audits.scoring.chances.pass_marks import (
    ENTER_TARGET,
    SET_TARGET,
    in_cases,
    pass_mark,
)
from audits.scoring.step_facts import card_facts
from tests.scoring.cards.test_cards import assessed, cards
from tests.scoring.money.test_measuring_money import UNTESTED
from tests.scoring.scored.test_candidates import candidates, scored
from tests.scoring.twelve_verdicts import ANSWERS


@pytest.mark.parametrize("verdict", ANSWERS)
def test_no_step_names_a_target_that_nobody_entered(verdict: str) -> None:
    for card in cards_of(current(), assessed(ANSWERS[verdict], levels={})):
        assert "wrote down" not in card.pass_mark
        said = card.pass_mark.lower()
        asks = any(each.lower() in said for each in (SET_TARGET, ENTER_TARGET))
        assert card.lacks_target == asks


def test_target_that_is_known_is_the_pass_mark() -> None:
    first = next(
        iter(cards(UNTESTED, candidates=candidates(scored("prompt", 5, 10))).values())
    )

    assert (first.pass_mark, first.lacks_target) == ("90 of 100 cases pass", False)


@pytest.mark.parametrize(
    ("words", "target", "says"),
    [
        (
            "At most 5 points below the target",
            "0.9",
            "At most 5 points below the target, 90 of 100",
        ),
        ("At most 5 points below the target", None, "Set the target first"),
        (
            "Under your own limit; the target that you wrote down",
            "0.85",
            "Under your own limit; 85 of 100 cases pass",
        ),
        ("1% or fewer", None, "1% or fewer"),
    ],
)
def test_number_stands_where_the_target_is_meant(
    words: str, target: str | None, says: str
) -> None:
    assert pass_mark(words, Decimal(target) if target else None).says == says


def test_every_name_of_the_target_is_known() -> None:
    marks = [x.pass_mark for x in card_facts().experiments]
    marks += [x.experiment.pass_mark for x in current().questions if x.experiment]
    named = [x for x in marks if "wrote down" in x or x == "Your target"]

    assert len(named) >= 8
    assert all(pass_mark(each, None).lacks_target for each in named)


@pytest.mark.parametrize(
    ("sample", "says"),
    [
        ("30 cases", "90 of 100 cases pass: 27 of 30"),
        ("30 real cases", "90 of 100 cases pass: 27 of 30"),
        ("The cases of your test set, 30 or more", "90 of 100 cases pass"),
        ("230 cases", "90 of 100 cases pass"),
    ],
)
def test_pass_mark_is_told_of_the_cases_that_are_counted(
    sample: str, says: str
) -> None:
    assert in_cases("90 of 100 cases pass", 30, sample) == says
