"""What nobody answered and could still put something before the verdict is named."""

from dataclasses import replace

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.explaining.completeness import OpenQuestion
from audits.scoring.explaining.grades.standings import SETTLED
from audits.scoring.summary.before_all import could_come_first
from audits.scoring.summary.sureness import Sureness, sureness
from tests.scoring.cards.test_cards import assessed
from tests.scoring.worked_cases import TRAINING_CASE


def test_question_that_could_put_something_first_is_named_until_answered() -> None:
    unasked = {q: code for q, code in TRAINING_CASE.items() if q != "regulatory"}

    without = assessed(unasked)
    settled = assessed(unasked | {"regulatory": "low"})
    waiting = assessed(unasked | {"regulatory": "not_settled"})

    assert "regulatory" in [q.id for q in could_come_first(current(), without)]
    found = sureness(current(), without).could_come_first
    assert "Oversight" in [each.label for each in found]
    assert could_come_first(current(), settled) == ()
    assert waiting.prerequisite
    assert could_come_first(current(), waiting) == ()


SURE = Sureness(
    known=9,
    answered=9,
    applicable=9,
    deciding=2,
    measured=1,
    documented=1,
    complete=SETTLED,
)
OVERSIGHT = (OpenQuestion(question="regulatory", label="Oversight"),)
LEFT = "Enough is asked, but 8 answers not known yet could change this"


@pytest.mark.parametrize(
    ("sure", "said"),
    [
        (SURE, "The verdict needs no further answer."),
        (
            replace(SURE, could_come_first=OVERSIGHT),
            "The verdict itself needs no further answer. "
            "1 open question may add a first step.",
        ),
        (replace(SURE, complete=LEFT, could_come_first=OVERSIGHT), f"{LEFT}."),
    ],
)
def test_navigation_says_enough_only_where_the_panel_counts_nothing(
    sure: Sureness, said: str
) -> None:
    assert sure.says_enough == said
