"""What runs today, among the candidates that were scored."""

from collections.abc import Mapping

from audits.frameworks.evaluation import Code
from audits.scoring.costs.cost_numbers import TRAINED
from audits.scoring.scored.candidates import (
    Candidates,
    ScoredCandidate,
    ScoredKind,
)

# What runs today, as the numbers name it, where no result says that it is what runs.
_TODAY: Mapping[str, ScoredKind] = {
    "prompt_smaller": "smaller",
    "few_shot": "examples",
    "few_shot_retrieved": "examples",
    "rag": "retrieval",
}
# What their names say: the tuned model that is live, and the prompt as it is now.
_RUNS: tuple[ScoredKind, ...] = ("live", "prompt")


def todays_result(
    found: Candidates,
    codes: Mapping[str, Code],
    today: str,
    *,
    first: ScoredKind | None = None,
) -> ScoredCandidate | None:
    """Return the one result that counts of what runs today; None without one.

    The written prompt is what runs, if anything does, whatever technique it uses: a
    test of the technique of today may be of a variant. Of several of one kind, nobody
    says which one runs.

    Args:
        found: The candidates.
        codes: The answers that count beside them.
        today: The technique that runs today, as the numbers name it; may be empty.
        first: The kind to look for before these, as what is advised where nothing runs.
    """
    rows = [row for row in found.rows if not row.is_removed]
    counted = [row for row in rows if not found.why_not(row, codes)]
    for kind in (first, *_kinds(today)) if first else _kinds(today):
        if of_kind := [row for row in counted if row.kind == kind]:
            return of_kind[0] if len(of_kind) == 1 else None
    return None


def _kinds(today: str) -> tuple[ScoredKind, ...]:
    """Return the kinds of result that may be of what runs, the surest first."""
    if today in TRAINED:
        return ("live",)
    of_technique = _TODAY.get(today)
    return (*_RUNS, of_technique) if of_technique else _RUNS
