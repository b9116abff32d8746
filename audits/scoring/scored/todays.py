"""What runs today, among the candidates that were scored."""

from collections.abc import Mapping

from audits.frameworks.evaluation import Code
from audits.scoring.scored.candidates import (
    Candidates,
    ScoredCandidate,
    ScoredKind,
)

# What runs today, as the numbers name it; a tuned model that is live says so itself.
_TODAY: Mapping[str, ScoredKind] = {
    "prompt": "prompt",
    "few_shot": "examples",
    "few_shot_retrieved": "examples",
    "rag": "retrieval",
    "prompt_smaller": "smaller",
}


def todays_result(
    found: Candidates, codes: Mapping[str, Code], today: str
) -> ScoredCandidate | None:
    """Return the last result that counts of what runs today; None without one.

    Args:
        found: The candidates.
        codes: The answers that count beside them.
        today: The technique that runs today, as the numbers name it; may be empty.
    """
    counted = [
        row
        for row in found.rows
        if not row.is_removed and not found.why_not(row, codes)
    ]
    for kind in ("live", _TODAY.get(today, "prompt")):
        if rows := [row for row in counted if row.kind == kind]:
            return rows[-1]
    return None
