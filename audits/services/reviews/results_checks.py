"""Checks a signed verdict with a newer results file, and keeps what that said."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files import File
from django.db import transaction

from audits.checked_files import digest_of
from audits.evaluations.reading import evaluations_of
from audits.evaluations.runs import EvaluationFile
from audits.models import Audit, ResultsCheck, User
from audits.scoring.retests.evidence import EvidenceCheck
from audits.scoring.retests.evidence_words import (
    contradiction_said,
    evidence_rows,
    evidence_sentence,
)
from audits.services.answers.answers import locked_audit
from audits.services.answers.evidence import QuotaFull, require_room
from audits.services.due.contradictions import CONTRADICTED
from audits.services.portfolio.rows import update_portfolio_row
from audits.services.read_files.newer_results import checked
from audits.services.read_files.results_files import read_of
from audits.services.record import events
from audits.services.reviews.drift import mark_due


def check_results(
    *,
    audit: Audit,
    by: User,
    upload: "File[bytes]",
    meant: Mapping[str, str] | None = None,
) -> ResultsCheck:
    """Compare the measured conditions of a signed audit with a newer results file.

    What it said and its runs are kept, and the file is not. No answer and no verdict
    changes. If it contradicts, the audit is due for review.

    Args:
        audit: The audit.
        by: Who checks it.
        upload: The file.
        meant: The names that candidates have in the file, by their ids, as somebody
            said; an empty one is not in the file. None if nobody was asked.

    Raises:
        OtherNames: Its runs have other names, and nobody said which is which.
        RefusedEvaluationError: The file is not read; says why in one sentence.
        BusyError: Other files are being read.
    """
    digest, read = digest_of(upload), evaluations_of(upload)
    found = checked(audit, read, digest, meant)
    with transaction.atomic():
        kept: ResultsCheck = ResultsCheck.objects.create(
            organization=audit.organization,
            audit=audit,
            name=upload.name or "",
            tested_on=_tested_on(found),
            digest=digest,
            state=found.state,
            sentence=evidence_sentence(found),
            rows=[[*row] for row in evidence_rows(found)],
            contradicts=contradiction_said(found),
            steps=[str(each.row.kind) for each in found.counted_steps],
            by=by,
            **_kept(audit, read),
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
        # Its reasons may be others now, as a later file confirms or contradicts.
        if (now := locked_audit(audit)).review_due_at:
            update_portfolio_row(now)
    return kept


def _kept(audit: Audit, read: EvaluationFile) -> dict[str, Any]:
    """Return what the next audit can take of a file, if there is room for it."""
    kept = read_of(read)
    try:
        require_room(audit.organization_id, kept["size"])
    except QuotaFull:
        return {}
    return kept


def _tested_on(found: EvidenceCheck) -> date | None:
    """Return the latest day on which a result of the file was run, if it says one."""
    days = [each.now.day for each in found.retested if not each.why_not]
    days += [each.row.day for each in found.counted_steps]
    return max(filter(None, days), default=None)
