"""The candidates as a page shows them: what each scored, and what that can show."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from audits.evaluations.comparing import MOST_COMPARISONS, compared
from audits.evaluations.runs import Run
from audits.evaluations.words import comparison_sentences
from audits.frameworks.evaluation import Code
from audits.models import Audit
from audits.scoring.scored.candidates import Candidates, ScoredCandidate, WhyNot
from audits.scoring.scored.words import KIND_NAMES, against_target, name_of, result
from audits.services.answers.results_files import runs_behind

_WHY_NOT: Mapping[WhyNot, str] = {
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
    why_not: str


def candidate_rows(
    found: Candidates, codes: Mapping[str, Code]
) -> Iterator[CandidateRow]:
    """Yield the candidates in words, removed ones last.

    Args:
        found: The candidates.
        codes: The answers that count beside them.
    """
    for row in sorted(found.rows, key=lambda each: each.is_removed):
        yield CandidateRow(
            row=row,
            kind=KIND_NAMES[row.kind],
            result=result(row),
            target=against_target(row, found.target),
            cost="" if row.cost is None else f"${row.cost.normalize():f}",
            latency=_latency(row),
            known=_LEVELS[row.level],
            why_not=_why_not(row, found.why_not(row, codes)),
        )


def _why_not(row: ScoredCandidate, why: WhyNot) -> str:
    """Return why a candidate does not count, and what it keeps open if it did."""
    if not row.holds_back or not why:
        return _WHY_NOT[why]
    reason = "Removed" if why == "removed" else _WHY_NOT[why]
    return (
        f"{reason}. It counted before, so answers that it would change stay open until "
        f"a new result of “{KIND_NAMES[row.kind]}” counts"
    )


def _latency(row: ScoredCandidate) -> str:
    told = ((row.p50_ms, "half up to {:,} ms"), (row.p95_ms, "95 of 100 up to {:,} ms"))
    return ", ".join(words.format(time) for time, words in told if time is not None)


def comparisons_of(audit: Audit, found: Candidates) -> list[list[str]]:
    """Return what candidates on the same cases show of each other, in sentences.

    The best is compared with each other one; only cases of results files can be.
    """
    rows = [row for row in found.rows if not row.is_removed]
    behind = runs_behind(audit, rows)
    named = [
        (row, replace(behind[row.id], candidate=name_of(row)))
        for row in sorted(rows, key=lambda each: each.score or 0, reverse=True)
        if row.id in behind
    ]
    if not named:
        return []
    (_, best), *others = named
    told = (
        [*comparison_sentences(comparison)]
        for _, run in others
        if _are_alike(best, run) and (comparison := compared(best, run)).shared
    )
    return [*islice(told, MOST_COMPARISONS)]


def _are_alike(one: Run, other: Run) -> bool:
    return (one.tool, one.task, one.measure) == (other.tool, other.task, other.measure)
