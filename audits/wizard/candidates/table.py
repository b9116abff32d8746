"""The candidates as a page shows them: what each scored, and what that can show."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from audits.frameworks.evaluation import Code
from audits.scoring.chances.shares import ShownShare, shown_shares
from audits.scoring.scored.against import against_target
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.scoring.scored.kinds import KIND_NAMES
from audits.scoring.scored.not_counted import why_not_counted
from audits.scoring.scored.sources import whose
from audits.scoring.scored.words import (
    result,
)

_LEVELS = {
    "measured": "Measured: a results file",
    "documented": "Documented: typed, with day, name and link",
    "asserted": "Asserted: typed",
}
_COUNTS_FOR = {
    "measured": "It is measured: a results file shows it.",
    "documented": "It is documented: typed, with a day, who ran it and a link.",
    "asserted": "A typed result answers questions only with all three: a day, who ran "
    "it and a link. Then it is documented; without one of them, asserted. A results "
    "file makes it measured.",
}


def counts_for(row: ScoredCandidate | None) -> str:
    """Return what a result counts for as it is saved, as its form says it."""
    return _COUNTS_FOR[row.level if row else "asserted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateRow:
    """One candidate in words; `share` is None without a share to draw."""

    row: ScoredCandidate
    kind: str
    result: str
    target: str
    cost: str
    latency: str
    known: str
    whose: str
    why_not: str
    file: str
    share: ShownShare | None


def candidate_rows(
    found: Candidates, codes: Mapping[str, Code], files: Mapping[str, str]
) -> Iterator[CandidateRow]:
    """Yield the candidates in words, removed ones last.

    Args:
        found: The candidates.
        codes: The answers that count beside them.
        files: The names of the results files, by digest.
    """
    shares = {share.id: share for share in shown_shares(found, codes)}
    for row in sorted(found.rows, key=lambda each: each.is_removed):
        yield CandidateRow(
            row=row,
            kind=KIND_NAMES[row.kind],
            result=result(row, found.target),
            target=against_target(row, found.target),
            cost="" if row.cost is None else f"${row.cost.normalize():f}",
            latency=_latency(row),
            known=_LEVELS[row.level],
            whose=", ".join(whose(row)),
            why_not=why_not_counted(row, found.why_not(row, codes)),
            file=files.get(row.sha256, ""),
            share=shares.get(row.id),
        )


def _latency(row: ScoredCandidate) -> str:
    told = ((row.p50_ms, "half up to {:,} ms"), (row.p95_ms, "95 of 100 up to {:,} ms"))
    return ", ".join(words.format(time) for time, words in told if time is not None)
