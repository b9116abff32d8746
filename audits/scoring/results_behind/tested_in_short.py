"""What tests found, in one sentence for who decides."""

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from audits.frameworks.evaluation import Code
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.scoring.scored.words import short_name

_NAMED = 2


def tested_in_short(
    found: Candidates | None, codes: Mapping[str, Code], beside: str
) -> str:
    """Return how the two best results did, and the target; empty without a result.

    Args:
        found: The candidates.
        codes: The answers that count beside them.
        beside: What the team wrote of them. Where it has the same numbers, it is empty.
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
    target = f"{float(found.target) * 100:g}" if found.target is not None else ""
    is_aimed = not target or _has_share(beside, target)
    if is_aimed and all(_is_told(row, beside) for row in (first, *others)):
        return ""
    said = f"“{short_name(first)}” passed {_counts(first)} test cases"
    said += "".join(f", “{short_name(each)}” {_counts(each)}" for each in others)
    if target:
        said += f"; the target is {target} of 100"
    return f"{said}."


def _is_told(row: ScoredCandidate, beside: str) -> bool:
    """Return whether a text has the cases of a result, and its share or its count."""
    share = Decimal(100 * (row.passed or 0)) / row.with_score
    whole = share.quantize(Decimal(1), ROUND_HALF_UP)
    return _has(beside, f"{row.with_score:,}") and (
        _has(beside, f"{row.passed:,}") or _has_share(beside, f"{whole}")
    )


def _has(text: str, number: str) -> bool:
    found = rf"(?<![\d.,]){re.escape(number)}(?!\d|%|[.,]\d)"
    return bool(re.search(found, text))


def _has_share(text: str, of_100: str) -> bool:
    found = rf"(?<![\d.,]){re.escape(of_100)}(?:%| of 100\b)"
    return bool(re.search(found, text))


def _share(row: ScoredCandidate) -> float:
    return (row.passed or 0) / row.with_score


def _counts(row: ScoredCandidate) -> str:
    return f"{row.passed:,} of {row.with_score:,}"
