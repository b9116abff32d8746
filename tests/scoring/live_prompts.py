"""Use cases whose prompt is live and that nobody has evidence for."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.inputs import Inputs

DAY = date(2026, 11, 28)
# A prompt is live, nothing is tested, and counting examples could change the verdict.
LIVE_PROMPT = {
    "goal": ["style"],
    "state": "none",
    "tried": ["demo"],
    "eval": "none",
    "examples": "none",
    "task_shape": "narrow_shifting",
    "component": "generator",
    "traceability": "helpful",
    "hosting": "cloud_ok",
}
LIVE_FACTS = LIVE_PROMPT | {
    "goal": ["knowledge"],
    "knowledge_size": "small",
    "change_rate": "monthly",
}


def assessed(
    answers: Mapping[str, Any], numbers: Mapping[str, str] | None = None
) -> Assessment:
    """Assess answers that nobody has evidence for."""
    inputs = Inputs(codes=read(current(), answers), numbers=numbers or {})
    return assess_on(current(), inputs, DAY)
