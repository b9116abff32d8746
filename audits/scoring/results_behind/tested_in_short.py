"""What tests found, in one sentence for who decides."""

from collections.abc import Mapping

from audits.frameworks.evaluation import Code
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.scoring.scored.words import short_name

_NAMED = 2


def tested_in_short(found: Candidates | None, codes: Mapping[str, Code]) -> str:
    """Return how the two best results did, and the target; empty without a result.

    Args:
        found: The candidates.
        codes: The answers that count beside them.
    """
    if found is None:
        return ""
    rows = [
        row
        for row in found.rows
        if row.passed is not None and row.with_score and not found.why_not(row, codes)
    ]
    rows.sort(key=_share, reverse=True)
    if not rows:
        return ""
    first, *others = rows[:_NAMED]
    said = f"“{short_name(first)}” passed {_counts(first)} test cases"
    said += "".join(f", “{short_name(each)}” {_counts(each)}" for each in others)
    if found.target is not None:
        said += f"; the target is {float(found.target) * 100:g} of 100"
    return f"{said}."


def _share(row: ScoredCandidate) -> float:
    return (row.passed or 0) / row.with_score


def _counts(row: ScoredCandidate) -> str:
    return f"{row.passed:,} of {row.with_score:,}"
