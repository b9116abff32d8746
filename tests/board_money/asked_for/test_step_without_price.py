"""A step that changes each call says that its amount has no price of that."""

import pytest
from django.template.loader import render_to_string

from audits.scoring.money.of_assessment import money_of
from audits.scoring.told.without_price import step_without_price
from audits.scoring.what_if.comparison import outcome_of
from tests.scoring.cards.test_proofs import COMPLAINTS
from tests.scoring.letters import FRAMEWORK, NUMBERS, letters
from tests.scoring.what_if.test_changes import inputs_of

_OTHERS = ["instructions", "examples"]
_SPLIT = [*_OTHERS, "stronger_model", "optimised"]
SAME = "This amount is the same as today"


@pytest.mark.parametrize(
    ("tried", "said"),
    [
        (_SPLIT, f"{SAME}: what smaller calls or routing change has no price yet"),
        (_OTHERS, f"{SAME}: a stronger model or longer reasoning has no price yet"),
        (["instructions"], ""),
        ([*_OTHERS, "stronger_model"], ""),  # the optimiser works once
    ],
)
def test_amount_that_lacks_what_a_step_adds_says_so(
    tried: list[str], said: str
) -> None:
    answers = COMPLAINTS | {"tried": tried}
    found = letters(answers=answers)
    money = money_of(found)

    assert step_without_price(found, money) == said
    told = outcome_of(FRAMEWORK, found, inputs_of(answers, {}, **NUMBERS))
    assert told.money.endswith(f"; {said[:1].lower()}{said[1:]}") is bool(said)
    page = render_to_string(
        "results/money/rows.html", {"assessment": found, "money": money}
    )
    assert (SAME in page) is bool(said)


def test_amount_of_another_way_is_without_the_step() -> None:
    numbers = {key: said for key, said in NUMBERS.items() if key != "today"}
    found = letters(answers=COMPLAINTS | {"tried": _SPLIT}, numbers=numbers)

    said = step_without_price(found, money_of(found))
    assert said.startswith("This amount is without the step: ")
    assert step_without_price(found, None) == ""
