"""What is said of answers that results take out of view."""

from dataclasses import replace

from audits.frameworks.loading.loader import current
from audits.services.answers.candidates import Preview
from audits.wizard.candidates.effects import effects_of
from tests.scoring.cards.test_cards import assessed
from tests.scoring.worked_cases import TRAINING_CASE


def test_answer_that_is_no_longer_asked_is_kept_and_not_lost() -> None:
    then = assessed(TRAINING_CASE)
    now = replace(then, codes={**then.codes, "trial": "none"})

    [changed] = effects_of(current(), Preview(now=now, then=then)).answers

    assert (changed.before, changed.after) == ("No trial", "kept, not asked now")


def test_answer_that_nobody_gave_is_none() -> None:
    now = assessed(TRAINING_CASE)
    then = replace(now, codes={**now.codes, "trial": "none"})

    [changed] = effects_of(current(), Preview(now=now, then=then)).answers

    assert (changed.before, changed.after) == ("No answer", "No trial")
