"""A verdict that keeps what was tested says which candidate that is."""

from datetime import date
from decimal import Decimal

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import Candidates, ScoredCandidate, ScoredKind
from tests.scoring.twelve_verdicts import ANSWERS, LEVELS


@pytest.mark.parametrize(
    ("kind", "model", "name"),
    [
        ("prompt", "gpt-5", "gpt-5 (Current prompt)"),
        ("stronger", "gpt-5", "gpt-5 (Stronger model)"),
        ("prompt", "m" * 100, "Current prompt"),
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

    said = f"The target is met, so keep “{name}”."
    assert found.lead.endswith(said)
    assert found.advice is not None
    assert found.advice.step.says == f"keep “{name}”, since it meets the target"
    [rule] = [step for step in found.trace.context_rules if step.outcome == "fired"]
    assert rule.text == said
