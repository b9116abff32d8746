"""Answers that cannot all be right are those that the framework file names."""

from pathlib import Path
from typing import Any

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current, load
from audits.frameworks.schema import Framework
from audits.scoring.assess import assess
from audits.scoring.money.states import PlanState
from audits.scoring.summary.answers_apart import AnswersApart, answers_apart
from tests.frameworks.edited_pack import NEWEST, changed

NO_TEXT: dict[str, Any] = {"goal": ["style", "search"], "knowledge_size": "none"}
UNTRIED: dict[str, Any] = {"goal": ["style"], "tried": ["nothing"]}


def apart(
    answers: dict[str, Any],
    state: PlanState = "planned",
    framework: Framework | None = None,
) -> tuple[AnswersApart, ...]:
    framework = framework or current()
    assessment = assess(framework, read(framework, answers), flip_size=0)
    return answers_apart(framework, assessment, state)


def test_facts_without_text_are_told_with_the_fault_that_was_picked() -> None:
    [found] = apart(NO_TEXT)

    assert found.text == (
        "The answer to “What is wrong” is “Search”, but the answer to “Knowledge to "
        "search” is “None”. If documents hold the facts, say how much text they are. "
        "If none do, somebody must write the facts down."
    )
    assert found.questions == (
        ("goal", "What is wrong"),
        ("knowledge_size", "Knowledge to search"),
    )
    assert apart(NO_TEXT | {"knowledge_size": "small"}) == ()


def test_what_runs_was_tried() -> None:
    [found] = apart(UNTRIED, "running")

    assert found.text == (
        "The use case is live, but the answer to “Simpler approaches tested” is "
        "“Nothing yet”. If a prompt runs that nobody tested, choose “In use or in "
        "demos, but never tested”, so that the advice starts with it."
    )
    assert apart(UNTRIED) == ()
    assert apart(UNTRIED | {"tried": ["demo"]}, "running") == ()


@pytest.mark.parametrize("kept", ["none", "anecdotal", "person_checks"])
def test_what_was_tested_had_cases(kept: str) -> None:
    tested: dict[str, Any] = {"goal": ["style"], "tried": ["rules", "instructions"]}

    [found] = apart(tested | {"eval": kept})

    assert found.text.startswith(
        "The answer to “Simpler approaches tested” is “Rules”, but the answer to “Test "
        "set” is “"
    )
    assert found.text.endswith(
        "A test runs on 30 or more cases that are kept. If they are, choose the test "
        "set that has them; if not, take back what was only tried."
    )
    assert apart(tested | {"eval": "small_set"}) == ()
    assert apart(tested | {"eval": kept, "tried": ["demo"]}) == ()


def test_advice_names_an_option_that_there_is() -> None:
    [row] = [each for each in current().contradictions if each.live]
    [question] = row.answers

    names = [each.name for each in current().question_by_id[question].options]

    assert any(f"“{name}”" in row.says for name in names)


def test_file_names_other_answers(tmp_path: Path) -> None:
    file = tmp_path / "v2.yaml"
    row = """
contradictions:
  - id: fixed_and_broad
    answers: {state: [live_tuned], task_shape: [table]}
    says: Look at both again.
"""
    text = changed(("\ncontradictions:\n", row), pack=NEWEST)
    file.write_text(text, encoding="utf-8")

    [found] = apart(
        {"state": "live_tuned", "task_shape": "table"}, "running", load(file)
    )

    assert found.text.endswith(" Look at both again.")
    assert [question for question, _ in found.questions] == ["state", "task_shape"]
