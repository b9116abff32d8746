"""A verdict that keeps what was tested says which candidate that is."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.explaining.advice import as_decided
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import Candidates, ScoredCandidate, ScoredKind
from tests.scoring.twelve_verdicts import ANSWERS, LEVELS


@pytest.mark.parametrize(
    ("kind", "model", "name"),
    [
        ("prompt", "gpt-5", "gpt-5 (Written prompt)"),
        ("stronger", "gpt-5", "gpt-5 (Stronger model)"),
        ("prompt", "m" * 100, "Written prompt"),
        (
            *("prompt", "Prompt of the help desk, tenth version, by Omar"),
            "Prompt of the help desk, tenth version…",
        ),
        ("prompt", "Prompt with long instructions", "Prompt with long instructions"),
    ],
)
def test_candidate_to_keep_is_named(kind: ScoredKind, model: str, name: str) -> None:
    row = ScoredCandidate(
        id="c1", kind=kind, model=model, cases=120, passed=115, sha256="f" * 64
    )
    given = Inputs(
        codes=read(current(), ANSWERS["prompt_long_context"]),
        levels=LEVELS,
        candidates=Candidates(rows=(row,), target=Decimal("0.8")),
    )

    found = assess_on(current(), given, date(2026, 11, 28))

    said = f"Use “{name}”: it meets the target."
    assert found.lead.endswith(said)
    assert found.advice is not None
    assert found.advice.step.says == f"use “{name}”, since it meets the target"
    [rule] = [step for step in found.trace.context_rules if step.outcome == "fired"]
    assert rule.text == said


@pytest.mark.parametrize(
    ("others", "name"),
    [
        (["Written prompt"], "the “Written prompt” that passed 590 of 600"),
        (["", "Another"], "the “Written prompt” that passed 590 of 600"),
        (["Another"], "“Written prompt”"),
    ],
)
def test_kept_one_is_told_from_another_of_its_name_that_misses(
    others: list[str], name: str
) -> None:
    kept = ScoredCandidate(
        id="c1", kind="prompt", cases=600, passed=590, sha256="f" * 64
    )
    rows = [
        replace(kept, id=f"o{number}", passed=460, model=other, sha256="e" * 64)
        for number, other in enumerate(others)
    ]
    given = Inputs(
        codes=read(current(), ANSWERS["prompt_long_context"]),
        levels=LEVELS,
        candidates=Candidates(rows=(*rows, kept), target=Decimal("0.9")),
    )

    found = assess_on(current(), given, date(2026, 11, 28))

    assert f"Use {name}: it meets the target." in found.headline
    assert found.advice is not None
    assert found.advice.step.says == f"use {name}, since it meets the target"
    assert "“" not in as_decided(found.headline)


def test_headline_that_stops_training_names_it_and_chance_once() -> None:
    row = ScoredCandidate(
        id="c1", kind="retrieval", model="gpt-5", cases=240, passed=221, sha256="f" * 64
    )
    given = Inputs(
        codes=read(current(), ANSWERS["stop_fine_tuning"]),
        levels=LEVELS,
        candidates=Candidates(rows=(row,), target=Decimal("0.9")),
    )

    found = assess_on(current(), given, date(2026, 11, 28))

    assert found.headline == (
        "Stop fine-tuning and use “gpt-5 (With retrieval)”: it meets the target "
        "(221 of 240 passed, 216 needed, so check it in live use)."
    )
