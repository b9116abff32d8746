"""The page, the list of steps and the paper start with the same step."""

from audits.frameworks.loading.loader import current
from audits.models import Cover
from audits.scoring.cards.cards import cards_of
from audits.scoring.cards.tests_of_results import ADVISED_TEST
from audits.scoring.summary.first_steps import first_steps
from audits.scoring.summary.plan import plan_of
from audits.services.papers.next_date import next_date
from tests.scoring.costs.worked_decisions import GIVEN
from tests.scoring.live_prompts import DAY, LIVE_FACTS, LIVE_PROMPT, assessed


def test_steps_that_cannot_change_the_verdict_come_last_and_are_counted() -> None:
    assessment = assessed(LIVE_PROMPT, GIVEN)
    found = [card.id for card in cards_of(current(), assessment)]
    assert found == ["eval", "tried", "examples"]

    plan = plan_of(current(), assessment)

    assert [card.id for card in plan.cards] == ["examples", "eval", "tried"]
    assert [card.id for card in plan.others] == ["eval", "tried"]
    assert plan.others_say.startswith("The 2 other steps take 52 hours and ")
    assert " in all; neither can change this verdict by itself." in plan.others_say


def test_page_one_starts_with_the_first_step_of_the_result() -> None:
    assessment = assessed(LIVE_PROMPT, GIVEN)
    cards = cards_of(current(), assessment)
    [first] = first_steps(assessment, cards)
    assert first.card.id == "examples"

    said = next_date(current(), assessment, Cover(), DAY)

    assert said == "Not set. First: count the reviewed examples, about 1 h."


def test_page_one_starts_with_the_test_of_the_advice_where_no_answer_changes_it() -> (
    None
):
    assessment = assessed(LIVE_FACTS, GIVEN)
    cards = cards_of(current(), assessment)
    assert [x.card.id for x in first_steps(assessment, cards)] == [ADVISED_TEST]

    said = next_date(current(), assessment, Cover(), DAY)

    assert said == (
        "Not set. First: set the target, then test your prompt with all the facts in "
        "it on 30 cases, about 16 h."
    )
