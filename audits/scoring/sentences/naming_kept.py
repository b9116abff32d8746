"""What a candidate that is kept is called, where others may be called the same."""

from collections.abc import Mapping

from audits.frameworks.evaluation import Code
from audits.scoring.deciding.shortfalls import gap_word
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.scoring.scored.words import short_name


def kept_name(
    row: ScoredCandidate, found: Candidates, codes: Mapping[str, Code]
) -> str:
    """Return the name in quotes, with the score where another of that name misses.

    Args:
        row: The candidate that is kept.
        found: All candidates.
        codes: The answers given by hand.

    >>> from decimal import Decimal
    >>> known = {"kind": "prompt", "cases": 60, "sha256": "f" * 64}
    >>> old = ScoredCandidate(id="c1", passed=46, **known)
    >>> new = ScoredCandidate(id="c2", passed=55, **known)
    >>> kept_name(new, Candidates(rows=(old, new), target=Decimal("0.9")), {})
    'the “Written prompt” that passed 55 of 60'
    >>> kept_name(new, Candidates(rows=(new,), target=Decimal("0.9")), {})
    '“Written prompt”'
    """
    name = short_name(row)
    namesakes = (x for x in found.rows if x.id != row.id and short_name(x) == name)
    missing = (x for x in namesakes if not found.why_not(x, codes))
    if not any(_misses(x, found) for x in missing):
        return f"“{name}”"
    if row.passed is None:
        return f"the “{name}” with a mean score of {row.score or 0:.3g}"
    return f"the “{name}” that passed {row.passed:,} of {row.cases:,}"


def _misses(row: ScoredCandidate, found: Candidates) -> bool:
    if found.target is None or row.score is None:
        return False
    return gap_word(float(found.target), row.score, row.cases) != "met"
