"""What is said to change a verdict alone is what another answer moves."""

from dataclasses import replace

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.what_if.alone import changed_alone
from audits.scoring.what_if.moving import moved_by
from tests.scoring.cards.test_cards import assessed
from tests.scoring.twelve_verdicts import ANSWERS

FRAMEWORK = current()


@pytest.mark.parametrize("verdict", ANSWERS)
def test_sentence_says_whether_other_answers_change_what_to_do(verdict: str) -> None:
    found = replace(assessed(ANSWERS[verdict]), flips=())
    moved = moved_by(FRAMEWORK, found)
    alone = [x for x, y in moved.items() if y == "verdict" and x in found.codes]

    said = changed_alone(FRAMEWORK, found, more_in="")

    assert ("change what to do." in said) == ("advice" in moved.values())
    assert said.startswith("No answer by itself") == (not alone)
    if alone == [FRAMEWORK.state_question]:
        assert ("; no test would." in said) == ("advice" not in moved.values())
        assert (f"can end “{found.verdict_name}”" in said) == (
            "advice" in moved.values()
        )
