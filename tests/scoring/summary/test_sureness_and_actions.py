"""How sure a verdict is, and what people can do that would change it."""

import re
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.explaining.completeness import OpenQuestion
from audits.scoring.summary.actions import ImprovedFlip, actions, changes_told
from audits.scoring.summary.sureness import (
    Sureness,
    deciding_questions,
    steps_of,
    sureness,
)
from audits.scoring.summary.why import deciding_step, why_lines
from tests.scoring.cards.test_cards import assessed
from tests.scoring.cards.test_proofs import COMPLAINTS
from tests.scoring.letters import letters
from tests.scoring.twelve_verdicts import ANSWERS
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS

# What the case to train for rests on, whatever else it answers.
RESTS_ON = {
    *("goal", "tried", "eval", "quality_gap", "task_shape", "component", "examples"),
    *("mlops", "team", "example_quality", "data_rights", "platform"),
}
# Another stage or place to run would change nothing that the case was answered for.
DECIDES_NOTHING = {"state", "hosting"}
# With what a question that was added since may decide in it.
DECIDING = deciding_questions(current(), assessed(TRAINING_CASE))
# Of those, only the part that fails has no level.
KNOWN_BY = Counter(TRAINING_LEVELS.get(q, "asserted") for q in DECIDING)


def test_answers_that_decide_are_those_that_the_verdict_rests_on() -> None:
    assert RESTS_ON <= DECIDING <= TRAINING_CASE.keys() - DECIDES_NOTHING


def test_deciding_answers_are_counted_by_how_they_are_known() -> None:
    assessment = assessed(TRAINING_CASE)

    assert KNOWN_BY["asserted"] == 1
    assert sureness(current(), assessment) == Sureness(
        known=assessment.known,
        answered=assessment.answered,
        applicable=assessment.applicable,
        deciding=len(DECIDING),
        measured=KNOWN_BY["measured"],
        could_come_first=(OpenQuestion(question="regulatory", label="Oversight"),),
        documented=KNOWN_BY["documented"],
        complete=assessment.completeness_message,
    )


def test_answers_ticked_as_measured_are_only_said_to_be() -> None:
    found = sureness(current(), assessed(TRAINING_CASE))

    assert found.says_measured == "the team calls 3 measured (none with a results file)"
    assert found.says_unshown == (
        f"Of {len(DECIDING)} deciding answers, 1 is asserted and {found.says_measured}."
    )
    by_files = replace(found, by_files=3)
    assert by_files.says_measured == "3 are measured"


def test_answers_without_a_level_are_asserted() -> None:
    found = sureness(current(), assessed(TRAINING_CASE, levels={}))

    assert (found.measured, found.documented, found.asserted) == (0, 0, found.deciding)
    assert found.deciding > 1
    assert found.all_asserted == (
        f"All {found.deciding} deciding answers are only asserted"
    )
    assert sureness(current(), assessed(TRAINING_CASE)).all_asserted == ""


def test_answer_that_the_rule_reads_counts_though_it_asks_for_no_measurement() -> None:
    """A link shows what is wrong, and the verdict rests on that answer."""
    assessment = assessed(ANSWERS["rag"])
    found = sureness(current(), assessment)

    assert {x.id for x in deciding_step(current(), assessment).read} >= {"goal"}
    assert (found.deciding, found.measured, found.asserted) == (3, 0, 2)
    assert found.says_asserted == "Of 3 deciding answers, 2 are asserted."
    assert found.unproven == 0


def test_fault_behind_a_reason_to_train_counts_as_the_reason_reads_it() -> None:
    levels = {q: x for q, x in TRAINING_LEVELS.items() if q != "goal"}
    known = sureness(current(), assessed(TRAINING_CASE, TRAINING_LEVELS))
    asserted = sureness(current(), assessed(TRAINING_CASE, levels))

    assert asserted.deciding == known.deciding
    assert asserted.asserted == known.asserted + 1


@pytest.mark.parametrize("verdict", ANSWERS)
def test_every_asserted_answer_that_a_row_names_counts(verdict: str) -> None:
    found = assessed(ANSWERS[verdict])
    asserted = {x.id: x.label for step in steps_of(found) for x in step.read}
    counted = {asserted.get(x) for x in deciding_questions(current(), found)}

    for line in why_lines(current(), found):
        if line.row.level == "asserted":
            named = re.findall("“(.*?)”", line.row.weakest)
            assert {*named} <= counted


@pytest.mark.parametrize("verdict", ANSWERS)
def test_every_answer_that_alone_changes_the_verdict_counts(verdict: str) -> None:
    assessment = assessed(ANSWERS[verdict])

    counted = deciding_questions(current(), assessment)

    alone = {x.changes[0].question for x in assessment.flips if len(x.changes) == 1}
    assert alone & assessment.codes.keys() <= counted


def test_asserted_part_that_alone_changes_the_verdict_is_said_to_be_asserted() -> None:
    found = assessed(TRAINING_CASE)

    # The part that fails has no level, and with another one there is no training.
    assert {"component"} < deciding_questions(current(), found)
    assert sureness(current(), found).says_asserted == (
        f"Of {len(DECIDING)} deciding answers, 1 is asserted."
    )


@pytest.mark.parametrize("verdict", ANSWERS)
def test_actions_are_flips_that_people_bring_about(verdict: str) -> None:
    assessment = assessed(ANSWERS[verdict])

    found = actions(current(), assessment)

    assert len(found) <= 3
    flips = {(flip.changes, flip.verdict) for flip in assessment.flips}
    assert {(flip.changes, flip.verdict) for flip in found} <= flips
    asked = [tuple(x.question for x in flip.changes) for flip in found]
    assert len({*asked}) == len(asked)
    assert all(flip.way != "world" for flip in found)


def test_loss_and_change_of_the_world_are_no_actions() -> None:
    assessment = assessed(TRAINING_CASE)
    by_way: dict[str, Any] = {}
    for flip in assessment.flips:
        by_way.setdefault(flip.way, []).append(flip)
    loss = next(x for x in by_way["work"] if x.changes[0].question == "mlops")
    gain = next(x for x in by_way["work"] if x.changes[0].question == "quality_gap")
    only = replace(assessment, flips=(*by_way["world"], loss, gain))

    assert actions(current(), only) == (gain,)


def test_part_that_sees_or_hears_is_no_finding_of_a_job_with_texts() -> None:
    found = assessed({"goal": ["task_skill"], "state": "none"}, levels={})

    parts = [
        change.option
        for flip in actions(current(), found)
        for change in flip.changes
        if change.question == "component"
    ]
    assert parts == ["retriever"]


def test_fault_beside_those_that_were_named_is_no_action() -> None:
    levels: dict[str, EvidenceLevel] = {
        "tried": "measured",
        "eval": "measured",
        "quality_gap": "measured",
        "goal": "asserted",
    }
    assessment = letters(answers=COMPLAINTS, levels=levels)

    assert "goal" in {flip.changes[0].question for flip in assessment.flips}
    found = changes_told(current(), assessment)
    assert found[0].changes[0].question == "tried"
    assert "goal" not in {flip.changes[0].question for flip in found}


def test_change_that_leads_back_to_what_failed_says_what_is_different() -> None:
    first, *_ = actions(current(), letters(answers=COMPLAINTS))

    assert isinstance(first, ImprovedFlip)
    assert first.changes[0].then == "Worked examples"
    assert first.verdict_name == "Prompt (improved after its failed test)"
    assert first.next_step == "test a stronger model, or more reasoning effort"
