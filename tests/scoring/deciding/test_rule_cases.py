"""A rule with several alternatives says the one that is true of the use case."""

from typing import Any

from audits.frameworks.answering import flow
from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import published
from audits.scoring.assess import assess
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.deciding.decision import decide
from audits.scoring.deciding.rule_words import case_of
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.summary.why import why_lines
from audits.scoring.summary.why_rows import why_rows
from tests.scoring.deciding.test_rules_of_version_2 import ROWS, circumstances

FRAMEWORK = published("fine_tuning", 2)
UNTESTED = {
    "goal": ["knowledge", "change"],
    "state": "live_tuned",
    "incumbent": "not_measured",
    "tried": ["demo"],
    "eval": "person_checks",
    "knowledge_size": "huge",
    "change_rate": "quarterly",
    "component": "generator",
}


def told(answers: dict[str, Any], level: str = "asserted") -> Assessment:
    codes = read(FRAMEWORK, answers)
    return assess(FRAMEWORK, codes, Circumstances(unmarked=level))  # type: ignore[arg-type]


def test_wrong_facts_replace_a_live_model_that_nobody_tested() -> None:
    found = told(UNTESTED)

    assert found.verdict == "stop_fine_tuning"
    assert "falls short" not in found.lead
    assert "shown to fall short" not in found.lead
    assert found.lead.startswith(
        "The fault is wrong or missing facts and slow updates, and training a model "
        "that writes does not fix that, so replace the live model."
    )
    first = why_lines(FRAMEWORK, found)[0]
    assert first.row.condition == "Training does not fix this fault"
    assert first.row.found.startswith("The fault is wrong or missing facts")
    assert first.row in why_rows(FRAMEWORK, found)


def test_flip_says_the_alternative_of_the_answers_it_changes() -> None:
    found = told({**UNTESTED, "goal": ["task_skill"]})
    change = next(
        flip
        for flip in found.flips
        if flip.changes[0].then in ("Facts", "Slow to update")
    )

    assert "shown to fall short" not in change.sentence


def test_model_that_is_shown_to_miss_is_said_to_fall_short() -> None:
    missed = {**UNTESTED, "goal": ["consistency"], "incumbent": "misses"}
    found = told(missed, "measured")

    assert why_lines(FRAMEWORK, found)[0].row.condition == "The live model falls short"
    assert "The live model is shown to fall short" in found.lead


def test_a_rule_with_alternatives_always_has_one_that_holds() -> None:
    without = []
    for row in ROWS:
        codes = flow.relevant(FRAMEWORK, read(FRAMEWORK, row["facts"]))
        decision = decide(FRAMEWORK, codes, circumstances(row))
        rule = decision.verdict_rule
        if rule.cases and case_of(rule, decision.at) is None:
            without.append((row["id"], rule.id))

    assert not without
