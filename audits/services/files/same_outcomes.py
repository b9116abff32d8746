"""Which candidates have the outcomes of an earlier one, by the files they are from."""

from collections.abc import Iterator
from dataclasses import replace

from audits.evaluations.reading import run_of
from audits.evaluations.same_outcomes import Outcomes, differing, outcomes_of
from audits.models import Audit, ResultsFile
from audits.scoring.deciding.candidates import FEWEST_CASES
from audits.scoring.scored.candidates import (
    Candidates,
    SameOutcomes,
    ScoredCandidate,
    digests_of,
)
from audits.scoring.scored.from_runs import run_behind


def same_outcomes(audit: Audit, found: Candidates) -> Iterator[ScoredCandidate]:
    """Yield each candidate of which it changes whose outcomes it has.

    It is compared with those before it, removed ones too, so that removing one makes no
    test of its copy; a file that was removed as a wrong one is not.

    Args:
        audit: The audit.
        found: Its candidates, as they will be.

    Note: one query, and none where fewer than two results are from files.
    """
    rows = [row for row in found.rows if row.sha256 and not row.wrong]
    outcomes = _outcomes(audit, rows) if rows[1:] else {}
    for place, row in enumerate(rows):
        if row.id in outcomes or not outcomes:
            same = _same(row, rows[:place], outcomes) if outcomes else None
            if same != row.same:
                yield replace(row, same=same)


def _outcomes(audit: Audit, rows: list[ScoredCandidate]) -> dict[str, Outcomes]:
    digests = {x for row in rows for x in digests_of(row)}
    files = ResultsFile.objects.filter(use_case=audit.use_case_id, digest__in=digests)
    runs = {
        (kept.digest, number): run_of(run)
        for kept in files
        for number, run in enumerate(kept.runs)
    }
    behind = ((row.id, run_behind(row, runs)) for row in rows)
    return {item: outcomes_of(run) for item, run in behind if run and run.cases}


def _same(
    row: ScoredCandidate,
    earlier: list[ScoredCandidate],
    outcomes: dict[str, Outcomes],
) -> SameOutcomes | None:
    """Return the first one before it with the same outcomes, or else with such ones."""
    alike = []
    for other in earlier:
        is_one = (other.kind, other.model) == (row.kind, row.model)
        if is_one or other.id not in outcomes:
            continue
        pair = differing(outcomes[row.id], outcomes[other.id], FEWEST_CASES)
        if pair:
            alike.append(SameOutcomes(of=other.id, cases=pair[0], differ=pair[1]))
    return min(alike, key=lambda each: bool(each.differ), default=None)
