"""A prompt with the documents in it is a test result like any other."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.ladder.ladder import RungRow, ladder
from audits.scoring.money.of_assessment import ruled_out
from audits.scoring.scored.candidates import Candidates, ScoredCandidate

FRAMEWORK = current()
DAY = date(2026, 11, 28)
# A prompt that answers customers, and lacks what the handbook of 40 pages says.
MAILS: dict[str, Any] = {
    "goal": ["knowledge"],
    "state": "none",
    "task_shape": "narrow_stable",
    "component": "generator",
    "knowledge_size": "small",
    "change_rate": "quarterly",
    "traceability": "helpful",
}


def row(kind: Any, passed: int, model: str = "", cases: int = 60) -> ScoredCandidate:
    return ScoredCandidate(
        id=f"{kind}{passed}{model}",
        kind=kind,
        cases=cases,
        passed=passed,
        model=model,
        day=date(2026, 11, 20),
        run_by="Ada",
    )


def given(*rows: ScoredCandidate, target: str | None = "0.9", **answers: Any) -> Inputs:
    return Inputs(
        codes=read(FRAMEWORK, MAILS | answers),
        levels={},
        numbers={},
        candidates=Candidates(rows=rows, target=Decimal(target) if target else None),
    )


def decided(inputs: Inputs) -> Assessment:
    return assess_on(FRAMEWORK, inputs, DAY)


def rung(inputs: Inputs) -> RungRow:
    found = ladder(FRAMEWORK, decided(inputs), inputs)
    assert found is not None
    return next(each for each in found.rows if each.id == "documents")


@pytest.mark.parametrize("others", [(), (row("retrieval", 50),)])
def test_documents_in_the_prompt_that_meet_the_target_are_kept(
    others: tuple[ScoredCandidate, ...],
) -> None:
    inputs = given(row("prompt", 46), row("documents", 55, "Handbook"), *others)

    found = decided(inputs)

    assert found.codes["passed"] == "documents"
    assert "documents" in found.codes["tried"]
    assert (found.verdict, found.context_layer) == ("prompt_long_context",) * 2
    assert found.headline.startswith("Keep the prompt that holds all its documents")
    assert found.advice is not None
    assert "keep “Handbook (Prompt with documents in it)”" in found.advice.step.says
    assert "documents" not in (inputs.answered.failed or ())
    assert "prompt" not in ruled_out(found)
    assert rung(inputs).said.startswith("Tested and passed: 55 of 60 passed")
    assert rung(inputs).advised == "Advised: keep it"


def test_they_are_easier_to_run_than_search_that_passes_too() -> None:
    found = decided(given(row("documents", 55), row("retrieval", 58)))

    assert found.codes["passed"] == "documents"


def test_search_that_passes_is_kept_where_they_miss_even_if_they_were_said_to() -> None:
    rows = row("documents", 40), row("retrieval", 57)

    found = decided(given(*rows, passed="documents", quality_gap="met"))

    assert found.codes["passed"] == "retrieval"
    assert found.verdict == "rag"


def test_what_is_said_of_documents_that_missed_holds_without_any_search() -> None:
    inputs = given(row("prompt", 30), row("documents", 35))

    found = decided(inputs)

    assert "documents" in (inputs.answered.failed or ())
    said = f"{found.lead} {found.headline} {[*ruled_out(found).values()]}"
    assert "retrieval that you tested" not in said
    assert "improve the retrieval" not in said
    assert rung(inputs).said.startswith("Tested and failed: 35 of 60 passed")
