"""The results of candidates that later ones replaced, as every reader sees them.

Else a team could let a worse result go by uploading a better file, and nobody who
decides would know.
"""

from collections.abc import Iterator
from dataclasses import replace

from audits.scoring.days import in_words
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.scored.candidates import ReplacedResult, ScoredCandidate
from audits.scoring.scored.words import name_of


def replaced_results(assessment: Assessment) -> tuple[str, ...]:
    """Return a sentence for each result that was replaced, or counted and was removed.

    Those of one candidate come the oldest first.
    """
    found = assessment.candidates
    return tuple(
        sentence for row in (found.rows if found else ()) for sentence in _of(row)
    )


def _of(row: ScoredCandidate) -> Iterator[str]:
    then: tuple[ReplacedResult | ScoredCandidate, ...] = (*row.replaced[1:], row)
    for earlier, later in zip(row.replaced, then, strict=False):
        day = in_words(earlier.day) if earlier.day else ""
        by = f"by {earlier.by}" if earlier.by else ""
        yield (
            f"Earlier result of “{name_of(row)}”: {_scored(earlier)}"
            f"{_in_brackets(earlier.file, day)}, replaced by {_scored(later)}"
            f"{_in_brackets(earlier.then, by)}."
        )
    if row.is_removed and not row.wrong and not replace(row, is_removed=False).why_not:
        yield f"Removed result of “{name_of(row)}”: {_scored(row)}."


def _scored(found: ReplacedResult | ScoredCandidate) -> str:
    if found.passed is None:
        return f"mean score {float(found.mean or 0):.3g} on {found.cases:,} cases"
    return f"{found.passed:,} of {found.cases:,}"


def _in_brackets(*parts: str) -> str:
    said = ", ".join(filter(None, parts))
    return f" ({said})" if said else ""
