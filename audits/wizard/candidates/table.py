"""The candidates as a page shows them: what each scored, and what that can show."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from audits.frameworks.evaluation import Code
from audits.scoring.scored.candidates import Candidates, ScoredCandidate, WhyNot
from audits.scoring.scored.kinds import KIND_NAMES
from audits.scoring.scored.words import (
    against_target,
    result,
    whose,
    wrong_file,
)

WHY_NOT: Mapping[WhyNot, str] = {
    "": "",
    "removed": "Removed: it changes nothing",
    "no_score": "Does not count: it has no score",
    "few": "Does not count: fewer than 30 cases",
    "claimed": "Does not count: no day, or nobody who ran it",
    "not_live": "Does not count: no answer says that a tuned model is live",
    "no_live": "Does not count: the live model that it would replace is not scored",
}
_LEVELS = {
    "measured": "Measured: a results file",
    "documented": "Documented: typed, with day and name",
    "asserted": "Asserted: typed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateRow:
    """One candidate in words."""

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


def candidate_rows(
    found: Candidates, codes: Mapping[str, Code], files: Mapping[str, str]
) -> Iterator[CandidateRow]:
    """Yield the candidates in words, removed ones last.

    Args:
        found: The candidates.
        codes: The answers that count beside them.
        files: The names of the results files, by digest.
    """
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
            why_not=_why_not(row, found.why_not(row, codes)),
            file=files.get(row.sha256, ""),
        )


def _why_not(row: ScoredCandidate, why: WhyNot) -> str:
    """Return why a candidate does not count, and what it keeps open if it did."""
    if row.wrong:
        return f"Removed: {wrong_file(row.wrong)}. It changes nothing"
    if not row.holds_back or not why:
        return WHY_NOT[why]
    reason = "Removed" if why == "removed" else WHY_NOT[why]
    return (
        f"{reason}. It counted before, so no answer counts that it contradicts, until "
        f"a new result of “{KIND_NAMES[row.kind]}” counts"
    )


def _latency(row: ScoredCandidate) -> str:
    told = ((row.p50_ms, "half up to {:,} ms"), (row.p95_ms, "95 of 100 up to {:,} ms"))
    return ", ".join(words.format(time) for time, words in told if time is not None)
