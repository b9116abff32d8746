"""The step that answers a question is the one whose card says so."""

from typing import Any

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.cards.cards import cards_of
from audits.scoring.cards.steps import Step, step_for
from tests.scoring.cards.test_cards import BOTH, CASES, assessed
from tests.scoring.money.test_measuring_money import UNTESTED


@pytest.mark.parametrize("given", [*CASES.values(), UNTESTED, BOTH])
def test_every_question_leads_to_the_first_card_that_answers_it(given: Any) -> None:
    assessment = assessed(given)
    cards = cards_of(current(), assessment)

    for question in current().questions:
        telling = [
            card for card in cards if question.id in {x.id for x in card.answers}
        ]
        wanted = Step(id=telling[0].id, name=telling[0].name) if telling else None
        assert step_for(current(), assessment, question.id) == wanted
