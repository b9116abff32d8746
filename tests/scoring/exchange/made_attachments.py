"""Attachments of papers, for the tests that change them."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from audits.frameworks.answering.answers import read
from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import PACKS, current
from audits.scoring.assess_on import assess_on
from audits.scoring.decision_words import Asking
from audits.scoring.exchange import provenance
from audits.scoring.exchange.page_one import page_one_says
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import NO_CANDIDATES, Candidates

DAY = date(2026, 11, 24)
FILE = PACKS / "fine_tuning" / f"v{current().version}.cases.jsonl"
LINES = FILE.read_text("utf-8").splitlines()
CASES: list[dict[str, Code]] = [
    read(current(), {q: x for q, x in facts.items() if q in current().answerable})
    for facts in (json.loads(line)["facts"] for line in LINES)
]


def attachment(
    answers: Mapping[str, Code],
    levels: Mapping[str, Any] | None = None,
    numbers: Mapping[str, str] | None = None,
    on: date = DAY,
    decision: str = "",
    *,
    asking: Asking = "asked",
    candidates: Candidates = NO_CANDIDATES,
) -> bytes:
    inputs = Inputs(
        codes=answers,
        levels=levels or {},
        numbers=numbers or {},
        candidates=candidates,
    )
    assessment = assess_on(current(), inputs, on)
    facts = provenance.provenance(
        assessment,
        answers,
        number="UC-0007",
        template="board-3",
        submitted_at=datetime(2026, 11, 24, 12, 30, tzinfo=UTC),
    )
    says = page_one_says(current(), assessment, decision, asking=asking)
    return provenance.written(provenance.content(facts, assessment, answers, says))
