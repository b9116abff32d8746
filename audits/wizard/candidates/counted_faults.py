"""The faults that a results file counts, for the question about faults."""

from audits.models import Audit
from audits.scoring.results_behind.failed_cases import (
    CountedFaults,
    SettledFault,
    faults_said,
    settled_fault,
)
from audits.services.read_files.results_files import names_of_files, runs_behind
from audits.services.verdicts.assessments import framework_of


def counted_faults(audit: Audit) -> CountedFaults | None:
    """Return the faults of the result that says how near the target is.

    Without a target, it is the newest result whose file counts any. None if no file
    does.

    Args:
        audit: The audit, with its candidates.
    """
    newest_first = reversed(audit.given_candidates.rows)
    rows = [row for row in newest_first if row.sha256 and not row.is_removed]
    if not rows:
        return None
    behind = audit.inputs.answered.behind.get("quality_gap", ())
    near = {row.id for row in behind}
    runs = runs_behind(audit, rows)
    for row in sorted(rows, key=lambda each: each.id not in near):
        run = runs.get(row.id)
        if run and run.faults:
            file = names_of_files(audit).get(row.sha256, "")
            return CountedFaults(file=file, faults=run.faults)
        if row.id in near:
            return None
    return None


def faults_to_answer(audit: Audit) -> str:
    """Say what a results file counts while nobody has said what is wrong; else empty.

    Args:
        audit: The audit, with its candidates.
    """
    if _is_said(audit):
        return ""
    return faults_said(framework_of(audit), counted_faults(audit))


def offered_fault(audit: Audit, counted: CountedFaults | None) -> SettledFault | None:
    """Return the answer that counts settle, while nobody has said what is wrong.

    Args:
        audit: The audit.
        counted: The faults that a file counts.
    """
    return None if _is_said(audit) else settled_fault(framework_of(audit), counted)


def _is_said(audit: Audit) -> bool:
    """Return whether somebody said what is wrong, or nobody is asked."""
    framework = framework_of(audit)
    question = framework.question_by_id.get(framework.faults_question or "")
    if question is None:
        return True
    code = audit.given_codes.get(question.id, ())
    picked = (code,) if isinstance(code, str) else code
    options = (question.option(each) for each in picked)
    return any(option and not option.not_yet for option in options)
