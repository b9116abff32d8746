"""The target, and what today's way scored against it, where they are known."""

from collections.abc import Mapping
from decimal import Decimal

from audits.frameworks.evaluation import Code
from audits.scoring.scored.candidates import (
    Candidates,
    ScoredCandidate,
    ScoredKind,
)
from audits.scoring.scored.words import name_of, result

# What runs today, as the numbers name it; a tuned model that is live says so itself.
_TODAY: Mapping[str, ScoredKind] = {
    "prompt": "prompt",
    "few_shot": "examples",
    "few_shot_retrieved": "examples",
    "rag": "retrieval",
    "prompt_smaller": "smaller",
}


def target_and_today(
    found: Candidates | None, codes: Mapping[str, Code], today: str = ""
) -> str:
    """Return the target and what today's way scored; empty where neither is known.

    >>> target_and_today(Candidates(target=Decimal("0.95")), {})
    'The target is 95 of 100.'

    Args:
        found: The candidates.
        codes: The answers that count beside them.
        today: The technique that runs today, as the numbers name it.
    """
    if found is None:
        return ""
    said = []
    if found.target is not None:
        said.append(f"The target is {_of_100(found.target)}.")
    if row := _todays(found, codes, today):
        score = result(row, found.target)
        said.append(f"Today, “{name_of(row)}”: {score}.")
    return " ".join(said)


def _of_100(share: Decimal) -> str:
    return f"{float(share) * 100:g} of 100"


def _todays(
    found: Candidates, codes: Mapping[str, Code], today: str
) -> ScoredCandidate | None:
    """Return the last result that counts of what runs today; None without one."""
    counted = [
        row
        for row in found.rows
        if not row.is_removed and not found.why_not(row, codes)
    ]
    for kind in ("live", _TODAY.get(today, "prompt")):
        if rows := [row for row in counted if row.kind == kind]:
            return rows[-1]
    return None
