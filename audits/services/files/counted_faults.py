"""The faults that the results files of a use case count."""

from collections.abc import Mapping, Sequence

from audits.evaluations.reading import run_of
from audits.evaluations.runs import Run
from audits.frameworks.loading.loader import published
from audits.models import Audit, ResultsFile
from audits.scoring.results_behind.failed_cases import CountedFaults, are_counted
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.scored.from_runs import run_behind


def counted_faults(audit: Audit) -> CountedFaults | None:
    """Return the faults of the result that says how near the target is.

    Without a target, it is the newest result whose file counts any. None if no file
    does.

    Args:
        audit: The audit, with its candidates.

    Note: one query, and none where no result is from a file.
    """
    newest_first = reversed(audit.given_candidates.rows)
    rows = [row for row in newest_first if row.sha256 and not row.is_removed]
    if not rows:
        return None
    behind = audit.inputs.answered.behind.get("quality_gap", ())
    near = {row.id for row in behind}
    names, runs = _read(audit, rows)
    for row in sorted(rows, key=lambda each: each.id not in near):
        run = run_behind(row, runs)
        if run and run.faults:
            return CountedFaults(file=names.get(row.sha256, ""), faults=run.faults)
        if row.id in near:
            return None
    return None


def shows_fault(audit: Audit) -> bool:
    """Return whether a results file counts the faults that the audit says are wrong.

    Args:
        audit: The audit, with its candidates.
    """
    framework = published(audit.framework, audit.framework_version)
    said = audit.given_codes.get(framework.faults_question or "", ())
    picked = (said,) if isinstance(said, str) else said
    return bool(picked) and are_counted(framework, counted_faults(audit), picked)


def _read(
    audit: Audit, rows: Sequence[ScoredCandidate]
) -> tuple[Mapping[str, str], Mapping[tuple[str, int], Run]]:
    """Return the names of the files that candidates are from, and their runs."""
    digests = {row.sha256 for row in rows}
    digests |= {each.sha256 for row in rows for each in row.kept}
    files = [
        *ResultsFile.objects.filter(use_case=audit.use_case_id, digest__in=digests)
    ]
    runs = {
        (kept.digest, number): run_of(run)
        for kept in files
        for number, run in enumerate(kept.runs)
    }
    return {kept.digest: kept.name for kept in files}, runs
