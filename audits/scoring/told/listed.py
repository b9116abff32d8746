"""Every candidate in a row, for anyone who has to judge what a verdict rests on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from audits.frameworks.evaluation import Code
from audits.scoring.scored.against import against_target
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.scoring.scored.kinds import KIND_NAMES
from audits.scoring.scored.not_counted import why_not_counted
from audits.scoring.scored.sources import tested_on, whose
from audits.scoring.scored.words import result


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCandidate:
    """One candidate: what it is called, what it scored, and how that is known.

    `model` is what its team calls it, `kind` what it says that it is. `source` is the
    results file, or that it was typed.
    """

    kind: str
    model: str
    is_removed: bool
    is_left_out: bool
    is_allowed: bool
    result: str
    target: str
    source: str
    whose: str
    why_not: str


def listed(
    found: Candidates, codes: Mapping[str, Code], files: Mapping[str, str]
) -> Iterator[ListedCandidate]:
    """Yield all candidates, those first that count.

    Args:
        found: The candidates.
        codes: The answers that count beside them.
        files: The names of the results files, by digest.
    """
    for row in sorted(found.rows, key=lambda row: bool(found.why_not(row, codes))):
        yield ListedCandidate(
            kind=KIND_NAMES[row.kind],
            model=row.model,
            is_removed=row.is_removed,
            is_left_out=row.is_left_out,
            is_allowed=row.is_allowed,
            result=result(row, found.target),
            target=against_target(row, found.target),
            source=files.get(row.sha256, "A results file") if row.sha256 else "Typed",
            whose=_whose(row),
            why_not=why_not_counted(row, found.why_not(row, codes)),
        )


def _whose(row: ScoredCandidate) -> str:
    day = tested_on(row) or ("day of the test not known" if row.sha256 else "")
    return ", ".join(filter(None, (*whose(row), day)))
