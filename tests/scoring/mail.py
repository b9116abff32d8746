"""Mail that a prompt sorts unevenly: two prompts were tested, and both miss."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from tests.frameworks.pinned import pinned

FRAMEWORK = pinned(current())
DAY = date(2026, 11, 30)
MAIL: Mapping[str, Any] = {
    "goal": ["consistency", "task_skill"],
    "state": "planned",
    "tried": ["rules"],
    "component": "classifier",
    "task_shape": "narrow_stable",
    "examples": "hundreds",
    "example_quality": "mostly",
    "checker": "labels",
    "pairs": "none",
    "hosting": "cloud_ok",
    "data_rights": "clear",
    "error_cost": "moderate",
    "mlops": "unknown",
}
NUMBERS: Mapping[str, str] = {
    "requests": "9000",
    "prefix_tokens": "6000",
    "variable_tokens": "1500",
    "output_tokens": "500",
    "model": "claude-sonnet-5-5",
    "today": "prompt",
}
_SHOWN: Mapping[str, Any] = {
    "day": date(2026, 11, 12),
    "run_by": "Claims IT",
    "link": "https://example.org/tests",
}
TYPED = (
    ScoredCandidate(id="c1", kind="prompt", cases=240, passed=197, **_SHOWN),
    ScoredCandidate(
        id="c2", kind="examples", model="v4", cases=240, passed=206, **_SHOWN
    ),
    ScoredCandidate(id="c3", kind="rules", model="List", cases=240, passed=151),
)


def mail_inputs(**answers: Any) -> Inputs:
    return Inputs(
        codes=read(FRAMEWORK, {**MAIL, **answers}),
        numbers=NUMBERS,
        candidates=Candidates(rows=TYPED, target=Decimal("0.92")),
    )


def mail(**answers: Any) -> Assessment:
    """Assess the mail, with other answers."""
    return assess_on(FRAMEWORK, mail_inputs(**answers), DAY)
