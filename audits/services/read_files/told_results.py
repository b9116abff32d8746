"""What every page says of the results of an audit, beside what they answer."""

from collections.abc import Iterator

from audits.evaluations.runs import Run
from audits.models import Audit, ResultsFile, Version
from audits.scoring import Assessment
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.scored.from_runs import result_of, why_no_candidate
from audits.scoring.scored.kinds import unquoted
from audits.scoring.summary.other_results import scored
from audits.scoring.summary.results_told import results_told
from audits.services.read_files.results_files import names_told, runs_of
from audits.services.verdicts.assessments import framework_of

_MOST_NAMED = 5


def told_of_results(audit: Audit, assessment: Assessment) -> tuple[str, ...]:
    """Return what counts more than once, was replaced or removed, or was left out.

    Args:
        audit: The audit.
        assessment: What was decided.
    """
    files = names_told(audit, assessment)
    return (
        *results_told(framework_of(audit), assessment, files),
        *left_out_results(audit),
    )


def left_out_results(audit: Audit) -> tuple[str, ...]:
    """Return which results of its files were never a candidate, in sentences.

    A file that was removed as a wrong one is left out here: all that it scored is said
    elsewhere. Results of a file from which nothing was taken are none of the audit.

    Note: two queries, and none where no candidate is from a file.
    """
    rows = [row for row in audit.inputs.candidates.rows if row.sha256]
    if not rows:
        return ()
    taken = _taken(audit) | {(row.sha256, row.run) for row in rows}
    wrong = {row.sha256 for row in rows if row.wrong}
    digests = {sha256 for sha256, _ in taken} - wrong
    found = ResultsFile.objects.filter(use_case=audit.use_case_id, digest__in=digests)
    return tuple(
        said for kept in found if (said := _said(kept.name, [*_left_out(kept, taken)]))
    )


type _Taken = set[tuple[str, int | None]]


def _taken(audit: Audit) -> _Taken:
    """Return the runs that were a candidate of it or of an earlier audit, once."""
    entries = Version.objects.filter(
        audit__use_case=audit.use_case_id,
        audit__created_at__lte=audit.created_at,
        kind=Version.Kind.CANDIDATE,
        set_aside=False,
        value__sha256__isnull=False,
    )
    pairs = entries.values_list("value__sha256", "value__run").distinct()
    return {(str(sha256), run) for sha256, run in pairs}


def _left_out(kept: ResultsFile, taken: _Taken) -> Iterator[Run]:
    for number, run in enumerate(runs_of(kept)):
        if (kept.digest, number) not in taken and not why_no_candidate(run):
            yield run


def _called(row: ScoredCandidate) -> str:
    return f"“{unquoted(row.model)}”" if row.model else "without a name"


def _said(name: str, runs: list[Run]) -> str:
    """Return which results a file also has, those with the best score first."""
    if not runs:
        return ""
    rows = [ScoredCandidate(id="", kind="prompt", **result_of(run)) for run in runs]
    rows.sort(key=lambda row: -(row.score or 0.0))
    told = [
        f"{_called(row)}, {scored(row)}{' passed' * (row.passed is not None)}"
        for row in rows[:_MOST_NAMED]
    ]
    more = len(rows) - len(told)
    named = "; ".join([*told, *([f"and {more:,} more"] if more else [])])
    return f"“{name}” also has results that were left out: {named}."
