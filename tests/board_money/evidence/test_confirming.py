"""A test that changes no verdict confirms the advice, and is not said to decide."""

from dataclasses import replace
from decimal import Decimal

from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.board.box_words import asked_in_box
from audits.scoring.cards.moot import is_moot
from audits.scoring.cards.tests_of_results import ADVISED_TEST
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.money.of_assessment import money_of
from audits.scoring.summary.first_steps import first_steps, then_line
from audits.scoring.summary.plan import Plan, plan_of
from audits.scoring.sums.asked.confirming import (
    asked_now,
    decision_said,
    note_said,
    part_of_up_front,
)
from tests.scoring.costs.worked_decisions import GIVEN
from tests.scoring.scored.test_candidates import candidates, scored
from tests.scoring.twelve_verdicts import ANSWERS
from tests.scoring.what_if.test_changes import DAY, inputs_of

# A prompt passes 44 of 60 cases, and retrieval is advised and was not tested.
WRONG_FACTS: Inputs = replace(
    inputs_of(ANSWERS["rag"], {}, **GIVEN),
    candidates=candidates(scored("prompt", 44, 60)),
)


def of(inputs: Inputs) -> tuple[Assessment, Plan]:
    assessment = assess_on(current(), inputs, DAY)
    return assessment, plan_of(current(), assessment, inputs)


def test_test_that_changes_nothing_comes_after_what_may_change_the_verdict() -> None:
    assessment, plan = of(WRONG_FACTS)
    assert assessment.verdict == "rag"

    assert [card.id for card in plan.first] == ["task_shape", "component", ADVISED_TEST]

    [test] = plan.confirming
    assert all(outcome.stays for outcome in test.outcomes)
    assert not is_moot(assessment, test)
    assert plan.says.endswith("The last checks what is advised before you pay for it.")


def test_test_that_changes_nothing_says_where_to_stop() -> None:
    assessment, plan = of(WRONG_FACTS)
    last = first_steps(assessment, plan.first, money_of(assessment))[-1]

    assert last.then == (
        "The test checks what is advised before you pay for it, and cannot change the "
        "verdict. If fewer than 90 of 100 cases pass, do not go on yet: combine "
        "keyword and vector search, then rank the results again."
    )
    assert last.within == "part of the $8,210 up front"


def test_test_without_a_target_says_where_to_stop_in_whole_sentences() -> None:
    answers = ANSWERS["few_shot"] | {"component": "reranker"}
    assessment, plan = of(inputs_of(answers | {"quality_gap": "small"}, {}, **GIVEN))
    [test] = plan.confirming
    assert test.lacks_target

    assert "If it misses your target, do not go on yet: " in then_line(test)
    money = money_of(assessment)
    for said in (
        asked_now(current(), assessment, money),
        decision_said(current(), assessment, money),
    ):
        assert said.count("go on only if it reaches your target.") == 1


def test_outcomes_that_stay_say_what_is_done_then() -> None:
    _, plan = of(WRONG_FACTS)

    assert [x.next_step.split(",")[0] for x in plan.confirming[0].outcomes] == [
        "use what you tested",
        "combine keyword and vector search",
    ]


def test_test_after_which_the_same_is_advised_confirms_it() -> None:
    answers = ANSWERS["distil"] | {"task_shape": "broad", "component": "generator"}
    _, plan = of(
        replace(
            inputs_of(answers, {}, **GIVEN),
            candidates=candidates(scored("prompt", 58, 60)),
        )
    )

    [test] = plan.confirming
    assert test.id == ADVISED_TEST
    assert [(x.stays, x.next_step) for x in test.outcomes] == [(True, "")]


def test_amounts_say_how_they_relate() -> None:
    assessment, plan = of(WRONG_FACTS)
    money = money_of(assessment)
    assert money
    paid = "$4,000 of the $8,210 pays for a test first"
    tested = f"{paid}: go on only if 90 of 100 cases pass."

    assert asked_now(current(), assessment, money) == f"{money.asks_now} {tested}"
    asked = decision_said(current(), assessment, money)
    first = (
        "First test it, for $4,000 of the sum: go on only if 90 of 100 cases pass. "
        "This asks for $"
    )
    # The test comes before the amounts that it may spare.
    assert first in asked
    assert asked.count("go on only if") == 1
    # The box says so within the decision, and the terms no longer do.
    box = asked_in_box(asked, note_said(current(), assessment, money))
    assert ", $4,000 of it first for a test, to build or improve" in box.lead
    assert box.terms.startswith("First test it: go on only if")
    note = note_said(current(), assessment, money)
    assert note.count("The test before it takes $4,000 of the $8,210 up front.") == 1
    assert part_of_up_front(money, plan.confirming[0]) == Decimal(8210)
    assert part_of_up_front(money, plan.first[0]) is None


def test_test_that_costs_more_than_setting_up_is_paid_on_top() -> None:
    inputs = replace(WRONG_FACTS, numbers={**WRONG_FACTS.numbers, "rag_days": "1"})
    assessment, plan = of(inputs)
    money = money_of(assessment)

    assert part_of_up_front(money, plan.confirming[0]) is None
    assert "takes $4,000 more." in note_said(current(), assessment, money)
    assert asked_now(current(), assessment, money).endswith(
        "Test it first, for $4,000 more: go on only if 90 of 100 cases pass."
    )
