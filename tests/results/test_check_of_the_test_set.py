"""A check of the test set asks for what is missing, and names what gives it."""

from audits.results.first_action import first_action
from audits.scoring.cards.cards import cards_of
from audits.scoring.explaining.advice_rows import conditions
from audits.scoring.summary.plan import plan_of
from tests.scoring.mail import FRAMEWORK, mail

CHECK = (
    "200 or more test cases are run after every change, or little is shown to be at "
    "stake"
)


def test_rerun_is_asked_for_and_not_the_cases_that_are_there() -> None:
    found = mail(example_quality="consistent")
    assert found.candidates
    assert found.candidates.cases_there == 240
    assert CHECK in conditions(found)

    # What is at stake is not answered yet: that step may close the check.
    cards = cards_of(FRAMEWORK, found)
    said = first_action(FRAMEWORK, found, cards)
    number = [card.id for card in cards].index("regulatory") + 1
    assert said
    assert f"{CHECK} (step {number})" in said.names_parts


def test_check_that_no_step_closes_says_which_answer_does() -> None:
    found = mail(example_quality="consistent", regulatory="high_risk")
    assert CHECK in conditions(found)

    said = first_action(FRAMEWORK, found, plan_of(FRAMEWORK, found).first)

    assert said
    assert f"{CHECK} (no step below: then answer “Test set”)" in said.names_parts
