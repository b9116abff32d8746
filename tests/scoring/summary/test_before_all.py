"""What nobody answered and could still put something before the verdict is named."""

from audits.frameworks.loading.loader import current
from audits.scoring.summary.before_all import could_come_first
from audits.scoring.summary.sureness import sureness
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
