"""A small part has no price, so the board is asked for the work before it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from audits.frameworks.loading.loader import current
from audits.results.first_action import first_action
from audits.scoring.assess_on import assess_on
from audits.scoring.cards.checks import cost_before_part, work_before_part
from audits.scoring.explaining import advised_ways
from audits.scoring.explaining.advice import TO_SHOW
from audits.scoring.explaining.advice_rows import advised_rows
from audits.scoring.money.of_assessment import money_of
from audits.scoring.numbers.assumption_fields import assumed_in, assumption_fields
from audits.scoring.options.option_reasons import why_not
from audits.scoring.summary.plan import plan_of
from audits.scoring.sums.asked.confirming import decision_said
from audits.scoring.sums.decision_rows import decision_row
from audits.scoring.sums.money_sums import Decided, sum_lines
from audits.scoring.told.result.asked_sum import asked_sum
from audits.wizard.open_points import open_points
from tests.frameworks.pinned import pinned
from tests.scoring.cards.test_cheaper_ways import EXAMPLES, INVOICES, TODAY
from tests.scoring.costs.worked_decisions import GIVEN
from tests.scoring.scored.test_candidates import candidates, scored
from tests.scoring.what_if.test_changes import DAY, inputs_of

# The hours of its steps change with every question.
FRAMEWORK = pinned(current())


def test_board_agrees_to_steps_with_their_price_and_to_no_unpriced_training() -> None:
    given = inputs_of(INVOICES, {"examples": "documented"}, **GIVEN)
    found = candidates(TODAY, EXAMPLES, target="0.95")
    assessment = assess_on(FRAMEWORK, replace(given, candidates=found), DAY)
    money = money_of(assessment)

    # Counsel 2 hours, agreement 8, a stronger model 8, examples for each input 24, an
    # automatic check 1, and 3 to show what is only asserted. One practice is in use at
    # most, and a part takes two: 2 practices of 15 days at $800.
    work = (
        "The work before training takes 46 hours, $4,600 (43 for the steps, 3 to show "
        "other answers), and setting up 2 practices for running a model $24,000 "
        "($12,000 to $24,000): $28,600 in all."
    )
    assert decision_said(FRAMEWORK, assessment, money).startswith(
        "Agree to close the open checks, then decide on training one small part. "
        f"{work} The small part is not priced here (its labels, training and running). "
    )
    # The portfolio and a pack ask for the same, and name what has no price beside it.
    asked = Decided(
        name="A",
        family="part",
        money=money,
        work=cost_before_part(FRAMEWORK, assessment),
    )
    row = decision_row(asked)
    assert row.asked
    assert (row.asked.expected, row.bound) == (Decimal(28_600), "in part")
    assert row.left_out[0] == "the small part, not priced"
    [other] = [line for line in sum_lines([asked]) if line.head == "Other"]
    assert other.amount
    assert (other.amount.expected, other.unpriced) == (Decimal(-28_600), 0)
    cards = plan_of(FRAMEWORK, assessment).first
    assert sum(card.hours for card in cards) == 43
    apart = "; the training has no price here."
    said = f"{work.removesuffix('.')}{apart}"
    assert asked_sum(FRAMEWORK, assessment, money, cards) == said
    # The steps that are listed, and what nothing shows, come to the same hours.
    assert assessment.advice
    listed = {question.id for card in cards for question in card.answers}
    shown = assessment.advice.unproven_answers
    assert listed.isdisjoint(("component", "task_shape"))
    assert sum(card.hours for card in cards) + len(shown) == 46


def test_examples_that_were_tested_serve_until_then_and_are_what_is_priced() -> None:
    given = inputs_of(INVOICES, {"examples": "documented"}, **GIVEN)
    found = candidates(TODAY, EXAMPLES, target="0.95")
    assessment = assess_on(FRAMEWORK, replace(given, candidates=found), DAY)
    money = money_of(assessment)
    rows = {row.label: row.says for row in advised_rows(FRAMEWORK, assessment)}

    assert money
    assert rows["Meanwhile"] == "Use examples in the prompt as they were tested"
    assert [row.technique for row in money.rows if "meanwhile" in row.roles] == [
        "few_shot"
    ]
    assert "“Few-shot” meanwhile" in decision_said(FRAMEWORK, assessment, money)

    # Once examples that a search picks were scored too, the advice may mean them.
    for model in ("Examples picked by search", "Examples looked up for each input"):
        searched = scored("examples", 185, 200, id="c3", model=model)
        both = candidates(TODAY, EXAMPLES, searched, target="0.95")
        later = assess_on(FRAMEWORK, replace(given, candidates=both), DAY)
        assert later.advice
        assert advised_ways.tested_meanwhile(later, "few_shot") == ()


@pytest.mark.parametrize("rights", ["restricted", "clear"])
def test_answer_that_nothing_shows_closes_no_check_and_lowers_no_ask(
    rights: str,
) -> None:
    found = candidates(TODAY, EXAMPLES, target="0.95")
    before, after, shown = (
        assess_on(
            FRAMEWORK,
            replace(inputs_of(answers, levels, **GIVEN), candidates=found),
            DAY,
        )
        for answers, levels in (
            (INVOICES, {"examples": "documented"}),
            (INVOICES | {"data_rights": rights}, {"examples": "documented"}),
            (
                INVOICES | {"data_rights": rights},
                {"examples": "documented", "data_rights": "documented"},
            ),
        )
    )

    was, now = (work_before_part(FRAMEWORK, each) for each in (before, after))
    # The answer is no step any more and has to be shown: 2 hours, the same in all.
    moved = "(41 for the steps, 5 to show", "(43 for the steps, 3 to show"
    assert now.replace(*moved) == was
    assert "44 hours" in work_before_part(FRAMEWORK, shown)
    assert after.advice
    assert shown.advice
    said = next(x.says for x in after.advice.subject_to if x.id == TO_SHOW)
    assert "right to train" in said
    assert "right to train" not in "".join(x.says for x in shown.advice.subject_to)
    # The check lists the answers that the approval waits for, and no others.
    for each in (before, after, shown):
        assert each.advice
        listed = {x.label for x in open_points(FRAMEWORK, each).unproven}
        assert listed == {*each.advice.unproven_answers}


def test_retrieval_is_no_alternative_for_a_part_in_which_no_facts_are_wrong() -> None:
    given = inputs_of(INVOICES, {"examples": "documented"}, **GIVEN)
    found = candidates(TODAY, EXAMPLES, target="0.95")
    assessment = assess_on(FRAMEWORK, replace(given, candidates=found), DAY)
    money = money_of(assessment)

    assert money
    assert "rag" not in [row.technique for row in money.rows]
    assert why_not(assessment)["rag"] == (
        "Adds facts, and facts are not what is wrong; costs no less"
    )


def test_check_that_no_step_closes_has_its_price_beside_it() -> None:
    given = inputs_of(INVOICES, {"examples": "documented"}, **GIVEN)
    found = candidates(TODAY, EXAMPLES, target="0.95")
    assessment = assess_on(FRAMEWORK, replace(given, candidates=found), DAY)

    first = first_action(FRAMEWORK, assessment, plan_of(FRAMEWORK, assessment).first)

    assert first
    assert "are in use (no step below, $24,000)" in first.names_parts


def test_practices_without_a_price_are_named_beside_the_ask() -> None:
    given = inputs_of(INVOICES, {"examples": "documented"}, engineer_day="800")
    found = candidates(TODAY, EXAMPLES, target="0.95")
    assessment = assess_on(FRAMEWORK, replace(given, candidates=found), DAY)

    assert work_before_part(FRAMEWORK, replace(assessment, costs=None)) == (
        "The work before training takes 46 hours, $4,600 (43 for the steps, 3 to show "
        "other answers), without setting up 2 practices for running a model, which "
        "have no price."
    )


def test_two_practices_in_use_ask_for_no_more() -> None:
    answers = INVOICES | {"mlops": ["versioned", "suite"]}
    given = inputs_of(answers, {"examples": "documented"}, **GIVEN)
    found = candidates(TODAY, EXAMPLES, target="0.95")
    assessment = assess_on(FRAMEWORK, replace(given, candidates=found), DAY)

    assert "practice" not in work_before_part(FRAMEWORK, assessment)


@pytest.mark.parametrize(("cases", "is_assumed"), [(220, False), (150, True)])
def test_test_set_has_the_cases_of_the_results_once_they_are_as_many_as_usual(
    cases: int, is_assumed: bool
) -> None:
    given = inputs_of(INVOICES, {"examples": "documented"}, **GIVEN)
    rows = (scored("prompt", 100, cases), scored("examples", 130, cases, id="c2"))
    found = candidates(*rows, target="0.95")
    costs = assess_on(FRAMEWORK, replace(given, candidates=found), DAY).costs

    assert costs
    assert ("eval_cases" in costs.plan.defaults) is is_assumed
    named = {name for name, _ in assumed_in(costs.plan)}
    assert ("Cases in the test set" in named) is is_assumed


def test_assumed_length_of_an_example_says_that_it_may_be_another() -> None:
    hint = assumption_fields(DAY)["example_tokens"].hint

    assert "Assumed: 350 (100 to 1,000) tokens" in hint
    assert "an example is one text that changes with each call, and its answer" in hint
