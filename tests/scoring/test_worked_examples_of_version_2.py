"""The worked examples, which were reasoned before the code ran; with rows of scores."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from audits.frameworks.answering import flow
from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import PACKS, published
from audits.scoring.deciding.candidates import answers_from
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.deciding.decision import Decision, decide
from audits.scoring.exchange.lines.fact_line_reading import read_line
from audits.scoring.proofs.golden import misses

FRAMEWORK = published("fine_tuning", 2)
FILE = PACKS / "fine_tuning" / "v2.examples.jsonl"
LINES = FILE.read_text(encoding="utf-8").splitlines()
EXAMPLES: list[dict[str, Any]] = [json.loads(line) for line in LINES]
WITH_ROWS = {"E21", "E22", "E23", "E48"}


def given_in(line: str) -> tuple[Mapping[str, Code], Circumstances]:
    """Return the answers of an example, those of its scores included."""
    given = read_line(line, FRAMEWORK)
    codes = given.codes
    under = Circumstances(levels=given.levels, unmarked=given.unmarked)
    if given.table:
        scored = answers_from(given.table, codes, given.levels_of_all)
        codes = scored.codes
        under = replace(under, levels=scored.levels, failed=scored.failed)
    return codes, under


def decided(line: str) -> Decision:
    codes, under = given_in(line)
    return decide(FRAMEWORK, flow.relevant(FRAMEWORK, codes), under)


def test_examples_are_those_of_the_method() -> None:
    ids = [example["id"] for example in EXAMPLES]

    assert ids == [f"E{number:02}" for number in range(1, 50)]
    assert {x["id"] for x in EXAMPLES if "rows" in x["facts"]} == WITH_ROWS
    assert all(example["expect"]["verdict"] for example in EXAMPLES)


@pytest.mark.parametrize("line", LINES, ids=lambda line: json.loads(line)["id"])
def test_example_is_decided_as_expected(line: str) -> None:
    assert list(misses(json.loads(line), decided(line))) == []


def test_every_verdict_is_among_the_examples() -> None:
    verdicts = {example["expect"]["verdict"] for example in EXAMPLES}

    assert verdicts == set(FRAMEWORK.verdicts)


@pytest.mark.parametrize(
    ("expect", "said"),
    [
        ({"verdict": "distil"}, "verdict is rag, not distil"),
        ({"step": "documents"}, "step is hybrid, not documents"),
        ({"blockers": ["broad_task"]}, "blockers is [], not ['broad_task']"),
        ({"experiments": []}, None),
        ({"standing": "approve"}, "standing is None, not approve"),
    ],
)
def test_what_is_not_as_expected_is_said(
    expect: dict[str, Any], said: str | None
) -> None:
    [line] = [line for line in LINES if json.loads(line)["id"] == "E10"]

    found = list(misses({"expect": expect}, decided(line)))

    assert found == ([said] if said else [])
