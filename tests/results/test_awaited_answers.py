"""What cannot change a verdict may still be what training waits for, or a test."""

import pytest
from django.template.loader import render_to_string

from audits.scoring.summary.sureness import sureness
from tests.scoring.mail import FRAMEWORK, mail

AWAITED = "Cannot change it, but training is approved only once it is answered"


def shown(question: str) -> str:
    found = mail(example_quality="consistent")
    unknowns = [each for each in found.unknowns if each.question == question]
    context = {"unknowns": unknowns, "assessment": found, "framework": FRAMEWORK}
    page = render_to_string("results/reasons/unknowns.html", context)
    return " ".join(page.split())


@pytest.mark.parametrize("question", ["mlops", "regulatory"])
def test_open_question_that_training_waits_for_says_so(question: str) -> None:
    assert AWAITED in shown(question)


def test_open_question_that_nothing_waits_for_says_that_it_changes_nothing() -> None:
    assert AWAITED not in shown("traceability")
    assert "Cannot change it" in shown("traceability")


def test_needed_answers_leave_room_for_tests_that_could_change_the_verdict() -> None:
    trained, kept = mail(example_quality="consistent"), mail()

    said = sureness(FRAMEWORK, trained).says_enough
    assert said.startswith("No further answer is needed. 2 tests not yet run")
    assert said.endswith(" could still change the verdict.")
    # Asked too soon, it says what is still asked, as beside the verdict.
    sure = sureness(FRAMEWORK, kept)
    assert sure.says_enough == f"{sure.says_complete}."
