"""A step that builds a test set tells no score, and later tests run on its cases."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.cards.cards import cards_of
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import Candidates
from audits.scoring.summary.first_steps import FirstStep, told_steps
from audits.scoring.summary.plan import plan_of

FRAMEWORK, DAY = current(), date(2026, 11, 29)


def told(**facts: Any) -> tuple[str, dict[str, FirstStep]]:
    codes = read(FRAMEWORK, {"goal": ["style"], "state": "planned"} | facts)
    found = Candidates(target=Decimal("0.95"))
    inputs = replace(Inputs(codes=codes, levels={}, numbers={}), candidates=found)
    assessment = assess_on(FRAMEWORK, inputs, DAY)
    steps = told_steps(plan_of(FRAMEWORK, assessment, inputs).first)
    return assessment.headline, {step.card.id: step for step in steps}


def test_outcomes_of_a_test_are_told_at_the_test_and_not_where_cases_are_built() -> (
    None
):
    _, steps = told()

    assert list(steps)[:2] == ["eval", "tried"]
    assert not steps["eval"].rows
    assert "target" not in steps["eval"].then
    assert any("just below the target" in row.results for row in steps["tried"].rows)


def test_a_test_set_has_one_size_in_all_steps_and_the_headline_names_no_other() -> None:
    headline, steps = told()
    size = steps["eval"].card.cases

    assert size == 200
    assert steps["eval"].card.mark.startswith(f"{size} or more cases")
    assert steps["tried"].card.cases == size
    assert steps["tried"].card.passes == "95 of 100 cases pass: 190 of 200"
    assert "30" not in headline


def test_test_without_a_test_set_to_build_keeps_its_few_cases() -> None:
    _, steps = told(eval="small_set")

    assert "eval" not in steps
    assert steps["tried"].card.cases == 30


def test_outcomes_are_those_of_the_cases_of_the_test_set() -> None:
    codes = read(FRAMEWORK, {"goal": ["style"], "state": "planned"})
    found = Candidates(target=Decimal("0.95"))
    inputs = replace(Inputs(codes=codes, levels={}, numbers={}), candidates=found)
    assessment = assess_on(FRAMEWORK, inputs, DAY)
    few = {card.id: card.cases for card in cards_of(FRAMEWORK, assessment, inputs)}
    plan = plan_of(FRAMEWORK, assessment, inputs)

    assert few["tried"] == 30
    assert {card.id for card in plan.others}.isdisjoint(x.id for x in plan.first)
