"""Checks a signed verdict with a newer results file, and keeps what that said."""

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from audits.checked_files import digest_of
from audits.evaluations.days import require_days
from audits.evaluations.reading import evaluations_of
from audits.models import Audit, ResultsCheck, User
from audits.scoring.retests.evidence import EvidenceCheck, NewResults, check_evidence
from audits.scoring.retests.evidence_words import evidence_rows, evidence_sentence
from audits.scoring.retests.standing import standing
from audits.services.read_files.results_files import runs_behind, without_texts
from audits.services.record import events
from audits.services.reviews.drift import mark_due
from audits.services.verdicts.assessments import framework_of

CONTRADICTED = "Newer results contradict a measured answer."


def check_results(*, audit: Audit, by: User, upload: "File[bytes]") -> ResultsCheck:
    """Compare the measured conditions of a signed audit with a newer results file.

    What it said is kept and recorded, and the file is not. No answer and no verdict
    changes. If it contradicts, the audit is due for review.

    Raises:
        RefusedEvaluationError: The file is not read; says why in one sentence.
        BusyError: Other files are being read.
    """
    digest = digest_of(upload)
    found = _checked(audit, upload, digest)
    with transaction.atomic():
        kept: ResultsCheck = ResultsCheck.objects.create(
            organization=audit.organization,
            audit=audit,
            name=upload.name or "",
            digest=digest,
            state=found.state,
            sentence=evidence_sentence(found),
            rows=[[*row] for row in evidence_rows(found)],
            by=by,
        )
        events.record(
            organization=audit.organization,
            actor=by,
            verb="results.checked",
            subject=str(kept.pk),
            audit=str(audit.pk),
            sha256=digest,
            state=found.state,
        )
        if found.state == "differs":
            mark_due(audit, CONTRADICTED)
    return kept


def check_that_stands(audit: Audit) -> ResultsCheck | None:
    """Return the check that counts for an audit, or else the latest useless one.

    A contradiction counts until later checks of the same candidates confirm.
    """
    checks = [*ResultsCheck.objects.filter(audit=audit)]
    return standing(checks) or next(iter(checks), None)


def _checked(audit: Audit, upload: "File[bytes]", digest: str) -> EvidenceCheck:
    found = evaluations_of(upload)
    require_days(found, timezone.now())
    framework, on = framework_of(audit), audit.landscape_date
    assert on is not None  # noqa: S101 - it was submitted
    new = NewResults(
        runs=[without_texts(run) for run in found.runs],
        digest=digest,
        signed_runs=runs_behind(audit, audit.inputs.candidates.rows),
    )
    return check_evidence(framework, audit.inputs, on, new)
