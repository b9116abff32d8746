"""How many unanswered questions could change a verdict, where no proof counts them."""

from dataclasses import replace

import pytest

from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.twelve_verdicts import ANSWERS


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("stop_fine_tuning", "1 unanswered question could change the verdict"),
        ("few_shot", "2 unanswered questions could each change the verdict"),
        ("prompt_long_context", "3 unanswered questions could each change the verdict"),
    ],
)
def test_open_questions_are_counted(verdict: str, said: str) -> None:
    found = replace(assessed(ANSWERS[verdict]), completeness=None)

    assert found.completeness_message == said
