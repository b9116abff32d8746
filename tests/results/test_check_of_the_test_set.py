"""A check of the test set asks for what is missing, and names what gives it."""

from audits.results.first_action import first_action
from audits.scoring import Assessment
from audits.scoring.cards.cards import cards_of
from audits.scoring.cards.cases.reruns import RERUN_CASES
from audits.scoring.explaining.advice_rows import conditions
from audits.scoring.summary.plan import plan_of
from tests.scoring.mail import FRAMEWORK, mail

CHECK = (
    "200 or more test cases are run after every change, or the stakes are shown "
    "to be low"
)


def ids_of(assessment: Assessment) -> list[str]:
    return [card.id for card in cards_of(FRAMEWORK, assessment)]


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


def test_check_that_no_other_step_closes_has_one_to_run_the_cases_again() -> None:
    found = mail(example_quality="consistent", regulatory="high_risk")
    assert CHECK in conditions(found)

    plan = plan_of(FRAMEWORK, found)
    said = first_action(FRAMEWORK, found, plan.first)

    [number] = [n for n, x in enumerate(plan.first, 1) if x.id == RERUN_CASES]
    card = plan.first[number - 1]
    assert said
    assert f"{CHECK} (step {number})" in said.names_parts
    assert card.name == "Run the 240 cases after every change"
    assert (card.hours, card.price) == (8, "$800")
    assert [each.label for each in card.by_hand] == ["Test set"]
    # It is in what all the work before training takes.
    hours = sum(each.hours for each in plan.first)
    assert f" {hours} hours" in plan.takes


def test_cases_that_run_again_have_no_step() -> None:
    found = mail(example_quality="consistent", regulatory="high_risk")
    answered = mail(example_quality="consistent", regulatory="low")

    assert RERUN_CASES in ids_of(found)
    assert RERUN_CASES not in ids_of(answered)
