"""The three lines of why are conditions that decided, over every worked example."""

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from audits.frameworks.evaluation import holds
from audits.frameworks.loading.loader import current
from audits.scoring.assess import assess
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.deciding.decision import Decision
from audits.scoring.explaining.trace_shapes import Reading
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.scoring.summary.deciding_answers import answers_against, deciding_answers
from audits.scoring.summary.found.found_words import shown_by
from audits.scoring.summary.found.rows import row_of
from audits.scoring.summary.sureness import steps_of
from audits.scoring.summary.why import (
    LINES,
    deciding_conditions,
    deciding_step,
    proofs,
    why_lines,
)
from tests.examples import some_of
from tests.scoring.cards.test_cards import assessed
from tests.scoring.cards.test_proofs import COMPLAINTS
from tests.scoring.costs.worked_decisions import assessed as worked
from tests.scoring.letters import letters
from tests.scoring.live_prompts import LIVE_FACTS, LIVE_PROMPT
from tests.scoring.live_prompts import assessed as unproved
from tests.scoring.test_worked_examples_of_version_2 import (
    FRAMEWORK,
    decided,
    given_in,
)
from tests.scoring.test_worked_examples_of_version_2 import LINES as EXAMPLES
from tests.scoring.twelve_verdicts import ANSWERS
from tests.scoring.worked_cases import TRAINING_CASE


def held(decision: Decision) -> set[str]:
    """Return the blockers, reasons and rules that decided, as the decision has them.

    A reason that is only possible would hold if what is said were believed.
    """
    reasons, believed = decision.at.reasons, decision.believed
    return {
        *decision.blockers,
        *(reason for reason, status in reasons.items() if status != "absent"),
        *(x.id for x in FRAMEWORK.reasons if holds(x.when, x.unless, believed)),
        decision.context_rule.id,
        decision.verdict_rule.id,
    }


@pytest.mark.parametrize(
    "line", some_of(EXAMPLES, 16), ids=lambda line: json.loads(line)["id"]
)
def test_lines_are_conditions_that_decided(line: str) -> None:
    decision = decided(line)
    codes, under = given_in(line)
    assessment = assess(FRAMEWORK, codes, under)

    lines = why_lines(FRAMEWORK, assessment)

    assert 1 <= len(lines) <= LINES
    first = assessment.prerequisite
    if first:
        assert [each.row.condition for each in lines] == [first.is_met]
        return
    named = [each.id for each in lines if each.id]
    assert len({*named}) == len(named)
    assert {*named} <= held(decision)
    read_by = {step.id: step.read for step in steps_of(assessment)}
    for each in lines:
        shown = {
            shown_by(FRAMEWORK, assessment, reading)
            for reading in (read_by[each.id] if each.id else ())
            if reading.id in assessment.codes
        }
        found = each.row.found[:1].lower() + each.row.found[1:]
        if shown and each.row.rests_on_answers:
            assert any(words in found for words in shown)


@pytest.mark.parametrize(
    "line", some_of(EXAMPLES, 16), ids=lambda line: json.loads(line)["id"]
)
def test_rule_that_decided_comes_first(line: str) -> None:
    codes, under = given_in(line)
    assessment = assess(FRAMEWORK, codes, under)
    decision = decided(line)
    is_context = decision.verdict_rule.verdict == "context_layer"
    rule = decision.context_rule if is_context else decision.verdict_rule

    step = deciding_step(FRAMEWORK, assessment)

    assert step.id == rule.id
    if step.read and not assessment.prerequisite:
        first, *others = why_lines(FRAMEWORK, assessment)
        assert (first.id, first.part) == (rule.id, "The rule that decided")
        assert all(each.part != first.part for each in others)


def test_without_a_reason_the_line_says_what_that_rests_on() -> None:
    assessment = assessed(ANSWERS["prompt_long_context"])
    assert assessment.advice

    last = why_lines(current(), assessment)[-1]

    number = len(assessment.trace.reasons)
    assert last.row.found == f"None of the {number} reasons is proved"
    assert last.basis == assessment.advice.strength.says


def test_line_has_the_level_and_the_number_of_cases() -> None:
    assessment = assessed(TRAINING_CASE)

    lines = {line.id: line for line in why_lines(current(), assessment)}

    # Nobody has marked which part fails, and the reason rests on that as well.
    row = lines["X1"].row
    assert (row.level, row.weakest) == ("asserted", "“Part that fails”")
    assert row.known == "Asserted only: “Part that fails”"
    assert "in one job (documented)" in row.better
    assert lines["X1"].basis == "200 or more cases"
    assert lines["X1"].part == "Reason to train"
    assert lines["X1"].row.holds == "Holds"


def test_row_says_that_the_team_measured_what_no_result_shows() -> None:
    levels: dict[str, EvidenceLevel] = dict.fromkeys(TRAINING_CASE, "asserted")
    levels["quality_gap"] = "measured"
    assessment = assessed(TRAINING_CASE, levels=levels)
    gap = Reading(id="quality_gap", label="Gap", answer="Large")
    shape = Reading(id="task_shape", label="Shape", answer="One job")

    row = row_of(FRAMEWORK, assessment, "A reason", "Holds", (gap, shape), shown=(gap,))

    assert row.level == "asserted"
    assert row.better.endswith(" (measured by the team)")


def test_row_that_read_more_than_decided_counts_no_answers() -> None:
    levels: dict[str, EvidenceLevel] = dict.fromkeys(TRAINING_CASE, "asserted")
    levels["task_shape"] = "documented"
    assessment = assessed(TRAINING_CASE, levels=levels)
    read = assessment.trace.reasons[0].read

    row = row_of(FRAMEWORK, assessment, "A reason", "Holds", read, shown=read)

    assert len([x for x in read if levels.get(x.id) == "asserted"]) > 3
    assert re.fullmatch(r"“[^”]+”, “[^”]+” and others", row.weakest)


def test_reason_is_as_well_known_as_the_weakest_answer_that_it_needs() -> None:
    every: dict[str, EvidenceLevel] = dict.fromkeys(TRAINING_CASE, "measured")

    def level(**others: EvidenceLevel) -> str | None:
        assessment = assessed(TRAINING_CASE, levels=every | others)
        lines = {line.id: line for line in why_lines(current(), assessment)}
        assert "X1" in assessment.reasons_measured
        return lines["X1"].row.level

    assert level() == "measured"
    assert level(eval="documented") == level(tried="documented") == "documented"


@pytest.mark.parametrize("asked", ["eval", "data_rights"])
def test_answers_that_are_known_worst_are_named(asked: str) -> None:
    every: dict[str, EvidenceLevel] = dict.fromkeys(TRAINING_CASE, "measured")
    levels: dict[str, EvidenceLevel] = every | {asked: "asserted"}
    found = assessed(TRAINING_CASE, levels=levels)

    rows = [line.row for line in why_lines(current(), found)]
    label = current().question_by_id[asked].label
    worst = [row.weakest for row in rows if row.level == "asserted"]
    assert all(f"“{label}”" in each for each in worst)
    assert asked != "eval" or worst


def test_without_evidence_the_line_is_asserted() -> None:
    assessment = assessed(TRAINING_CASE, levels={})

    levels = {line.id: line.row.level for line in why_lines(current(), assessment)}

    assert levels["X1"] == "asserted"


def test_sentence_is_not_said_twice() -> None:
    assessment = assessed(TRAINING_CASE | {"example_quality": "inconsistent"})
    blocker = next(x for x in assessment.trace.blockers if x.outcome == "fired")
    assert blocker.text not in assessment.lead

    said = {line.id: line.says for line in why_lines(current(), assessment)}

    assert said[blocker.id] == blocker.text
    assert not any(says and says in assessment.lead for says in said.values())


def test_results_of_candidates_are_counted_and_dated() -> None:
    scored = ScoredCandidate(
        id="c1",
        kind="prompt",
        cases=200,
        passed=90,
        day=date(2026, 11, 20),
        sha256="0" * 64,
    )
    assessment = assessed(
        {q: x for q, x in TRAINING_CASE.items() if q != "quality_gap"},
        candidates=Candidates(rows=(scored,), target=Decimal("0.8")),
    )

    bases = [line.basis for line in why_lines(current(), assessment)]

    assert any("90 of 200 passed" in x and "on 20 November 2026" in x for x in bases), (
        bases
    )


def test_first_line_names_the_answer_that_decided() -> None:
    facts = LIVE_FACTS | {"traceability": "helpful"}
    assessment = unproved(facts)
    rule = deciding_step(current(), assessment)
    assert [each.label for each in rule.read if each.is_known][:2] == [
        "What is wrong",
        "Showing sources",
    ]

    first, *_ = why_lines(current(), assessment)

    assert first.row.condition == "The facts fit in the prompt"
    assert first.row.found == (
        "The fault is wrong or missing facts, "
        "and the text to search has up to 50,000 tokens"
    )
    # Where page 1 has room for one answer, the fault does not show this rule.
    assert first.row.in_brief == "The text to search has up to 50,000 tokens"


def test_rule_that_reads_nothing_names_what_kept_the_others_from_deciding() -> None:
    assessment = unproved(LIVE_PROMPT)
    assert not deciding_step(current(), assessment).read

    first, *_ = why_lines(current(), assessment)

    assert first.part == "The rule that decided"
    assert first.row.found == (
        "The fault is a wrong tone, and there are no good examples"
    )


@pytest.mark.parametrize("verdict", ANSWERS)
def test_decisive_answers_are_read_by_the_rule(verdict: str) -> None:
    assessment = assessed(ANSWERS[verdict])
    step = deciding_step(current(), assessment)

    found = deciding_answers(current(), assessment, step)

    assert found <= {reading.id for reading in step.read if reading.is_known}


def test_question_of_the_faults_is_named_first_whichever_it_is() -> None:
    assessment = unproved(LIVE_PROMPT)
    other = replace(FRAMEWORK, faults_question="hosting")

    assert next(answers_against(FRAMEWORK, assessment)).id == "goal"
    assert next(answers_against(other, assessment)).id == "hosting"


@pytest.mark.parametrize(
    ("verdict", "holds", "in_short"),
    [("few_shot", "Does not hold", "No"), ("rag", "Not known", "Unknown")],
)
def test_a_reason_that_does_not_hold_has_no_evidence_to_state(
    verdict: str, holds: str, in_short: str
) -> None:
    found = deciding_conditions(current(), assessed(ANSWERS[verdict]))

    [none] = [row for row in found if row.condition == "A reason to train"]

    assert (none.holds, none.holds_in_short) == (holds, in_short)
    assert (none.is_absent, none.rests_on_answers) == (True, False)


def test_how_it_is_known_comes_before_why_nobody_has_shown_it() -> None:
    tried = COMPLAINTS | {"tried": ["instructions", "examples"]}
    lines = why_lines(current(), letters(answers=tried))

    said = {" ".join(line.how_known) for line in lines}
    assert "Asserted: not all of it is shown. Tests: 30 or more cases" in said
    checked = letters(answers=tried | {"eval": "person_checks"})
    assert "A person checks" not in {x.basis for x in why_lines(current(), checked)}


@pytest.mark.parametrize("verdict", some_of(tuple(ANSWERS), 4))
def test_line_is_no_better_known_than_any_answer_that_it_rests_on(verdict: str) -> None:
    assessment = assessed(ANSWERS[verdict])
    asked, codes = current().question_by_id, assessment.codes
    order = ("asserted", "documented", "measured")
    read_by = {step.id: step.read for step in steps_of(assessment)}

    proved = proofs(current(), assessment)

    for each in why_lines(current(), assessment):
        read = [x.id for x in read_by.get(each.id, ()) if x.id in asked]
        told = [
            assessment.levels.get(x, "asserted") if x in codes else None for x in read
        ]
        levels = [level for level in told if level]
        if levels and each.row.rests_on_answers and "tried" not in read:
            assert each.row.level == min(levels, key=order.index)
            assert proved[each.id] == each.row.level


def test_rule_names_what_it_needs_and_not_what_others_are_asked_for() -> None:
    skill = {"goal": ["task_skill"], "component": "generator", "state": "planned"}
    facts = {"traceability": "required", "knowledge_size": "small"}

    found = unproved(skill | {"tried": ["demo"]} | facts)

    rows = {row.condition: row.found for row in deciding_conditions(FRAMEWORK, found)}
    assert rows["The facts fit in the prompt"] == (
        "Showing sources is required, and the text to search has up to 50,000 tokens"
    )


def test_answers_that_no_case_shows_name_no_cases() -> None:
    settle = COMPLAINTS | {"goal": ["task_skill"], "example_quality": "mostly"}
    lines = {x.id: x for x in why_lines(current(), letters(answers=settle))}

    rows = [x for x in lines.values() if "good examples" in x.row.found]
    forbids = [x for x in lines.values() if x.row.holds == "Forbids"]

    assert rows
    assert forbids
    for line in (*rows, *forbids):
        assert "cases" not in " ".join(line.how_known), line


@pytest.mark.parametrize(
    ("there", "said"),
    [
        (
            {},
            "At most one of five practices for running a model is in place, and nobody "
            "yet owns the model",
        ),
        (
            {"team": "dedicated"},
            "At most one of five practices for running a model is in place",
        ),
        ({"mlops": "ready", "team": "borrowed"}, "The owner of the model is on loan"),
    ],
)
def test_training_that_comes_later_names_what_it_takes_and_is_missing(
    there: dict[str, str], said: str
) -> None:
    later = worked(ANSWERS["fine_tune_after_mlops"] | there)

    first = why_lines(current(), later)[0]

    assert (first.id, first.row.found) == ("train_later", said)


def test_row_that_would_say_the_same_again_names_answers_that_none_has_named() -> None:
    lines = why_lines(FRAMEWORK, worked(ANSWERS["train_small_part"]))

    gap = "Untuned results miss the target by over 5 points, and "
    assert [line.row.found for line in lines if line.row.found.startswith(gap)] == [
        f"{gap}the fault is wrong judgement in one job",
        f"{gap}there are 1,000 or more good examples",
    ]
