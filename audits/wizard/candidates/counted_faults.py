"""The faults that a results file counts, for the question about faults."""

from audits.models import Audit
from audits.scoring.results_behind.failed_cases import (
    CountedFaults,
    SettledFault,
    faults_said,
    settled_fault,
)
from audits.services.files.counted_faults import counted_faults
from audits.services.verdicts.assessments import framework_of


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
