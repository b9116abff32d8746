"""What A6 says of an answer is what a scenario with another answer shows."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on, decide_on, given_to
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.what_if import moving
from audits.scoring.what_if.changes import Changes, changed
from audits.scoring.what_if.moving import moved_by
from tests.examples import some_of
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.scored.test_candidates import candidates, scored
from tests.scoring.twelve_verdicts import ANSWERS
from tests.scoring.what_if.test_changes import DAY, inputs_of

FRAMEWORK = current()


def said(assessment: Assessment) -> tuple[object, ...]:
    advice = assessment.advice
    assert advice
    return assessment.verdict, assessment.context_layer, advice.step.id


@pytest.mark.parametrize(
    "verdict", some_of(["rag", "few_shot", "fine_tune", "keep"], 1)
)
def test_answer_that_moves_nothing_moves_nothing_in_any_scenario(verdict: str) -> None:
    assessment = assessed(ANSWERS[verdict])
    inputs, on = given_to(assessment)
    moved = moved_by(FRAMEWORK, assessment)

    for question in FRAMEWORK.questions:
        if question.kind == "several" or question.id not in moved:
            continue
        then = {
            said(
                assess_on(
                    FRAMEWORK,
                    changed(inputs, Changes(answers={question.id: x.id})),
                    on,
                    open_only=True,
                )
            )
            for x in question.options
        }
        verdicts = {each[0] for each in then} - {assessment.verdict}
        if verdicts:
            assert moved[question.id] == "verdict", question.id
        elif then != {said(assessment)}:
            assert moved[question.id] in ("verdict", "advice"), question.id


def test_equal_assessments_are_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assessment = replace(assessed(ANSWERS["rag"]), headline="Of this test alone")
    decided: list[object] = []

    def counted(*given: Any) -> Any:
        decided.append(given)
        return decide_on(*given)

    monkeypatch.setattr(moving, "decide_on", counted)
    moved = moved_by(FRAMEWORK, assessment)
    count = len(decided)

    assert moved_by(FRAMEWORK, replace(assessment, lead=assessment.lead)) == moved
    assert len(decided) == count > 0
    moved_by(FRAMEWORK, replace(assessment, on=DAY + timedelta(days=1)))
    assert len(decided) > count


def test_every_flip_of_one_answer_is_among_them() -> None:
    for answers in ANSWERS.values():
        assessment = assessed(answers)
        moved = moved_by(FRAMEWORK, assessment)
        alone = {x.changes[0].question for x in assessment.flips if len(x.changes) == 1}
        assert {moved[question] for question in alone} <= {"verdict"}


def test_answer_that_two_changes_need_is_not_said_to_move_by_itself() -> None:
    assessment = assessed(ANSWERS["rag"])
    both = next(x for x in assessment.flips)
    moved = moved_by(FRAMEWORK, assessment)
    still = next(q for q, what in moved.items() if what == "nothing")
    pair = replace(both, changes=(replace(both.changes[0], question=still),) * 2)

    assert moved_by(FRAMEWORK, replace(assessment, flips=(pair,))) == moved
    without_day = replace(assessment, flips=(pair,), on=None)
    assert set(moved_by(FRAMEWORK, without_day).values()) == {"nothing"}


def test_evidence_that_a_rule_reads_moves_it_too() -> None:
    """A level that a scenario takes away changes what is decided."""
    assessment = assessed(ANSWERS["fine_tune"])

    assert moved_by(FRAMEWORK, assessment)["tried"] == "verdict"


def test_what_results_answer_is_supposed_otherwise() -> None:
    inputs = replace(
        inputs_of(ANSWERS["rag"], {}), candidates=candidates(scored("prompt", 44, 60))
    )

    assert "quality_gap" in moved_by(FRAMEWORK, assess_on(FRAMEWORK, inputs, DAY))
