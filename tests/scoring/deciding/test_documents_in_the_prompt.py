"""A prompt with the documents in it is a test result like any other."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.cards import tests_of_results as cards
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.ladder.ladder import ladder
from audits.scoring.ladder.rows import RungRow
from audits.scoring.money.of_assessment import money_of, ruled_out
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.scoring.what_if.changes import Changes, changed
from tests.scoring.letters import NUMBERS

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
        id=f"c{passed}",
        kind=kind,
        cases=cases,
        passed=passed,
        model=model,
        day=date(2026, 11, 20),
        run_by="Ada",
        link="https://example.org/report",
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


def rung(inputs: Inputs, at: str = "in_prompt") -> RungRow:
    found = ladder(FRAMEWORK, decided(inputs), inputs)
    assert found is not None
    return next(each for each in found.rows if each.id == at)


@pytest.mark.parametrize("others", [(), (row("retrieval", 50),)])
def test_documents_in_the_prompt_that_meet_the_target_are_kept(
    others: tuple[ScoredCandidate, ...],
) -> None:
    inputs = given(row("prompt", 46), row("documents", 55, "Handbook"), *others)

    found = decided(inputs)

    assert found.codes["passed"] == "documents"
    assert "in_prompt" in found.codes["tried"]
    assert (found.verdict, found.context_layer) == ("prompt_long_context",) * 2
    assert found.headline.startswith("Use the prompt that holds all its documents")
    assert found.advice is not None
    assert "use “Handbook (Prompt with documents)”" in found.advice.step.says
    assert "in_prompt" not in (inputs.answered.failed or ())
    assert "prompt" not in ruled_out(found)
    assert rung(inputs).said.startswith("Tested and passed: 55 of 60 passed")
    assert rung(inputs).advised == "Advised: use it"


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

    assert "in_prompt" in (inputs.answered.failed or ())
    said = f"{found.lead} {found.headline} {[*ruled_out(found).values()]}"
    assert "retrieval that you tested" not in said
    assert "improve the retrieval" not in said
    assert rung(inputs).said.startswith("Tested and failed: 35 of 60 passed")


TOLD: dict[str, Any] = {"eval": "small_set", "quality_gap": "large"}
UPDATE = (
    "bring them up to date, name who keeps them up to date, and run the same cases "
    "again"
)
OFTEN = ("monthly", "daily")


def by_hand(*tried: str, **answers: Any) -> Inputs:
    told = MAILS | TOLD | {"tried": [*tried]} | answers
    return Inputs(codes=read(FRAMEWORK, told))


def step(inputs: Inputs) -> tuple[str, str]:
    found = decided(inputs)
    assert found.advice is not None
    return found.verdict, found.advice.step.id


@pytest.mark.parametrize(
    "inputs",
    [
        *(by_hand("in_prompt", change_rate=rate) for rate in OFTEN),
        by_hand("in_prompt", quality_gap="small"),
        by_hand("in_prompt", "instructions"),
        by_hand("in_prompt", "documents", quality_gap="small"),
        given(row("documents", 44)),
        given(row("prompt", 40), row("documents", 44)),
        given(row("retrieval", 40), row("documents", 50)),
    ],
)
def test_documents_that_fall_short_are_brought_up_to_date(inputs: Inputs) -> None:
    found = decided(inputs)

    assert step(inputs) == ("prompt_long_context", "update_documents")
    assert found.headline.startswith("Use a prompt: add what")
    assert UPDATE in found.headline
    assert "before anybody builds a search" in found.lead
    assert rung(inputs, "updated").advised == "Advised next"


def test_they_are_tested_again_on_the_same_cases() -> None:
    inputs = given(row("documents", 44))

    card = cards.tests_of_results(FRAMEWORK, decided(inputs), inputs)[0]

    assert card.name == "Test the prompt with updated documents on the same 60 cases"
    assert card.kinds == ("updated",)
    assert any(each.stays for each in card.outcomes)
    assert {each.verdict for each in card.outcomes} == {"prompt_long_context", "rag"}


@pytest.mark.parametrize(
    "inputs",
    [
        by_hand("in_prompt", "updated"),
        by_hand("in_prompt", "updated", quality_gap="small"),
        by_hand("updated"),
        given(row("documents", 44), row("updated", 46)),
        # It does not fit, or may not run where long prompts are read well.
        by_hand("in_prompt", knowledge_size="huge"),
        by_hand("in_prompt", knowledge_size="large"),
        by_hand("in_prompt", hosting="self_host"),
    ],
)
def test_search_is_the_next_rung_after_updated_documents(inputs: Inputs) -> None:
    assert step(inputs) == ("rag", "documents")
    assert rung(inputs, "documents").advised == "Advised next"


def test_search_that_missed_is_improved_as_before() -> None:
    assert step(by_hand("documents")) == ("rag", "hybrid")
    assert step(by_hand("in_prompt", "documents")) == ("rag", "hybrid")


def test_updated_documents_do_better_than_a_search_that_failed() -> None:
    verdict, advised = step(given(row("updated", 50), row("retrieval", 30)))

    assert verdict == "prompt_long_context"
    assert advised not in ("long_context", "update_documents", "hybrid")


def test_what_is_not_known_to_fall_short_is_not_said_to() -> None:
    inputs = by_hand("in_prompt", quality_gap="unknown")

    assert step(inputs) == ("prompt_long_context", "long_context")
    assert "fell short" not in decided(inputs).lead


@pytest.mark.parametrize(
    ("kinds", "then"),
    [
        (("documents",), ("prompt_long_context", "keep")),
        (("prompt", "documents"), ("prompt_long_context", "keep")),
        (("retrieval", "documents"), ("prompt_long_context", "keep")),
        (("documents", "retrieval"), ("rag", "keep")),
        (("documents", "examples"), ("few_shot", "keep")),
    ],
)
def test_supposing_that_there_is_no_gap_does_as_a_file_would(
    kinds: tuple[str, ...], then: tuple[str, str]
) -> None:
    *others, best = kinds
    rows = [row(kind, 36 + n) for n, kind in enumerate(others)]
    missed, met = (
        replace(given(*rows, row(best, passed)), numbers=NUMBERS) for passed in (44, 60)
    )

    supposed = changed(missed, Changes(answers={"quality_gap": "met"}))

    assert step(supposed) == step(met) == then
    same, file = money_of(decided(supposed)), money_of(decided(met))
    assert same
    assert file
    assert (same.advised, same.chosen.year) == (file.advised, file.chosen.year)


def test_ticks_that_meet_the_target_are_kept_as_a_file_would() -> None:
    ticked, file = by_hand("in_prompt", quality_gap="met"), given(row("documents", 60))

    assert decided(ticked).headline == decided(file).headline
    assert rung(ticked).advised == rung(file).advised == "Advised: use it"


def test_search_that_was_ticked_and_meets_the_target_is_kept() -> None:
    assert step(by_hand("documents", quality_gap="met")) == ("rag", "keep")
    assert step(by_hand("in_prompt", "documents", quality_gap="met"))[0] == "rag"


def test_updated_documents_that_pass_are_kept() -> None:
    found = decided(given(row("documents", 44), row("updated", 60)))

    assert found.codes["passed"] == "documents"
    assert found.headline.startswith("Use the prompt that holds all its documents")
