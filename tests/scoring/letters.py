"""Letters that a prompt writes in the wrong style: tested, with an offer to tune."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import Candidates, ScoredCandidate, ScoredKind

FRAMEWORK = current()
DAY = date(2026, 11, 28)
LETTERS: Mapping[str, Any] = {
    "goal": ["style"],
    "state": "none",
    "tried": ["instructions"],
    "quality_gap": "often_wrong",
    "component": "generator",
    "examples": "curated",
    "task_shape": "narrow_stable",
    "hosting": "cloud_ok",
}
NUMBERS: dict[str, str] = {
    "requests": "9000",
    "prefix_tokens": "6000",
    "variable_tokens": "1500",
    "output_tokens": "500",
    "model": "claude-sonnet-5-5",
    "today": "prompt",
}
_OFFER = {
    "proposal_by": "Tuned Letters",
    "proposal_technique": "fine_tune",
    "proposal_year": "60000",
}


def scored(kind: ScoredKind, passed: int, cases: int = 40) -> ScoredCandidate:
    return ScoredCandidate(
        id=f"c{passed}",
        kind=kind,
        passed=passed,
        cases=cases,
        day=DAY,
        run_by="Rosa",
        sha256="f" * 64,
    )


def letters(
    *rows: ScoredCandidate,
    answers: Mapping[str, Any] | None = None,
    numbers: Mapping[str, str] = NUMBERS,
    target: str | None = "0.9",
    levels: Mapping[str, EvidenceLevel] | None = None,
) -> Assessment:
    """Assess the letters with what was tested, and other answers."""
    kept = Candidates(rows=rows, target=Decimal(target) if target and rows else None)
    inputs = Inputs(
        codes=read(FRAMEWORK, dict(LETTERS) | dict(answers or {})),
        numbers=dict(numbers) | _OFFER,
        candidates=kept,
        levels=dict(levels or {}),
    )
    return assess_on(FRAMEWORK, inputs, DAY)
