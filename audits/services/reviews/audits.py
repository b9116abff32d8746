"""Submits and reopens audits."""

import hashlib
import json
from typing import Any

from django.db import transaction
from django.utils import timezone

from audits.models import Audit, ResultsCheck, Submission, User, Version
from audits.scoring.exchange import document
from audits.services.answers import evidence
from audits.services.answers.answers import AuditLocked, locked_audit
from audits.services.answers.set_aside import open_conflicts
from audits.services.conditions.against import called, left_out_of
from audits.services.people.mails import mail_taken_back
from audits.services.portfolio.rows import update_portfolio_row
from audits.services.record import events
from audits.services.verdicts.assessments import SCORE_FIELDS, assess_today, store_score


class NothingAnswered(Exception):  # noqa: N818 - the state it is in, not a fault
    """The audit has no answer, so there is nothing to submit."""


class ConflictsOpen(Exception):  # noqa: N818 - the state it is in, not a fault
    """Two people or windows answered differently, and nobody has chosen yet."""


class ChangedSinceRead(Exception):  # noqa: N818 - the state it is in, not a fault
    """The audit was changed, submitted or sent back after somebody read it."""


class ResultsLeftOut(Exception):  # noqa: N818 - the state it is in, not a fault
    """Newer results contradict the verdict in force and are not in the audit."""


def submit_audit(
    *,
    audit: Audit,
    by: User,
    read: str | None = None,
    words: str = "",
    without: str | None = None,
) -> Audit:
    """Freeze the assessment and send the audit to review; repeating has no effect.

    Args:
        audit: The audit; its row is read again and locked.
        by: Who submits it.
        read: The result of `digest_of_audit` when they read it; None for any.
        words: What they answer the reviewer who sent it back, if one did.
        without: The SHA-256 of newer results that they leave out on purpose; None for
            any.

    Raises:
        NothingAnswered: There is no answer to assess.
        ConflictsOpen: An answer waits for its author to choose.
        ChangedSinceRead: It is not as they read it, or somebody else submitted it.
        ResultsLeftOut: Newer results contradict the verdict in force, and neither does
            the audit count them nor was it chosen to leave them out.
    """
    # Of its own, so that a mark that is put right outlives a refusal, and is read.
    evidence.mark_again(audit)
    return _submit(audit, by, read=read, words=words, without=without)


@transaction.atomic
def _submit(
    audit: Audit, by: User, *, read: str | None, words: str, without: str | None
) -> Audit:
    audit = locked_audit(audit)
    if not audit.is_draft:
        if read is not None and audit.submitted_by_id != by.pk:
            raise ChangedSinceRead
        return audit
    if not audit.codes:
        raise NothingAnswered
    if open_conflicts(audit):
        raise ConflictsOpen
    if read is not None and read != digest_of_audit(audit):
        raise ChangedSinceRead
    left_out = left_out_of(audit)
    if left_out and without is not None and without != left_out.digest:
        raise ResultsLeftOut
    assessment = assess_today(audit)
    store_score(audit, assessment)
    audit.assessment = document.dump(assessment)
    audit.framework_hash = assessment.content_hash
    audit.state = Audit.State.IN_REVIEW
    audit.submitted_at, audit.submitted_by = audit.scored_at, by
    audit.revision += 1
    frozen = ("revision", "assessment", "framework_hash", "state")
    sent = ("submitted_at", "submitted_by")
    audit.save(update_fields=[*SCORE_FIELDS, *frozen, *sent])
    _keep_submission(audit, by, words, left_out)
    update_portfolio_row(audit, assessment)
    events.record(
        organization=audit.organization,
        actor=by,
        verb="audit.submitted",
        subject=str(audit.pk),
        verdict=assessment.verdict,
        entries=digest_of_entries(audit),
        **({"without": left_out.digest} if left_out else {}),
    )
    return audit


@transaction.atomic
def reopen_audit(*, audit: Audit, by: User, read: str | None = None) -> Audit:
    """Make a submitted audit a draft again, so that its answers may change.

    Its submitter gets an email, unless they take it back themselves.

    Args:
        audit: The audit; its row is read again and locked.
        by: Who reopens it.
        read: The result of `digest_of_audit` when they read it; None for any.

    Raises:
        AuditLocked: It is signed off or superseded; a new audit is needed.
        ChangedSinceRead: It is not the submission that they read.
    """
    audit = locked_audit(audit)
    if read is not None and read != digest_of_audit(audit):
        raise ChangedSinceRead
    if audit.is_draft:
        return audit
    if audit.state != Audit.State.IN_REVIEW:
        raise AuditLocked
    author = audit.submitted_by_id
    open_again(audit, taken_back_by=by)
    events.record(
        organization=audit.organization,
        actor=by,
        verb="audit.reopened",
        subject=str(audit.pk),
    )
    if author not in (None, by.pk):
        mail_taken_back.enqueue(
            str(audit.organization_id), str(audit.pk), author, by.pk
        )
    return audit


def _keep_submission(
    audit: Audit, by: User, words: str, left_out: ResultsCheck | None
) -> None:
    """Keep who submitted what: the verdict, the versions, and an answer."""
    earlier = Submission.objects.filter(audit=audit, frozen__isnull=False)
    earlier.update(frozen=None)
    versions = {
        str(kind): {item: entry.get("version", 0) for item, entry in entries.items()}
        for kind in Version.Kind
        if (entries := audit.entries(kind))
    }
    Submission.objects.create(
        organization=audit.organization,
        audit=audit,
        by=by,
        verdict=audit.verdict,
        comes_first=audit.comes_first,
        versions=versions,
        words=words,
        without=called(left_out) if left_out else "",
    )


def open_again(audit: Audit, *, taken_back_by: User | None = None) -> None:
    """Make a submitted audit a draft; the caller locks the row and records it.

    Args:
        audit: The audit.
        taken_back_by: Who takes it back; None if a reviewer sends it back.
    """
    submitted = Submission.objects.filter(audit=audit, returned_at=None)
    submitted.update(
        returned_at=timezone.now(),
        taken_back_by=taken_back_by,
        frozen=_frozen(audit) if taken_back_by else None,
    )
    audit.state = Audit.State.DRAFT
    audit.assessment = None
    audit.strength_before = audit.strength
    audit.submitted_at = audit.submitted_by = audit.put_back_at = None
    audit.revision += 1
    # A draft has today's prices, so the portfolio must not keep those of the day on
    # which it was submitted.
    assessment = assess_today(audit)
    store_score(audit, assessment)
    audit.save(
        update_fields=[
            *("state", "assessment", "strength_before", *SCORE_FIELDS),
            *("submitted_at", "submitted_by", "put_back_at", "revision"),
        ]
    )
    update_portfolio_row(audit, assessment)


def _frozen(audit: Audit) -> dict[str, Any]:
    """Return what it takes to put a submission back, and what must not change."""
    return {
        "assessment": audit.assessment,
        "submitted_at": str(audit.submitted_at),
        "strength_before": audit.strength_before,
        "unchanged": unchanged_of(audit),
    }


def unchanged_of(audit: Audit) -> list[str]:
    """Return what has to be as it was before a submission can be put back."""
    return [
        audit.framework_hash,
        digest_of_entries(audit),
        evidence.digest_of_evidence(evidence.evidence_behind(audit)),
    ]


def digest_of_audit(audit: Audit) -> str:
    """Return the SHA-256 of what somebody decides on who submits or reopens an audit.

    This is its state, its answers, and the verdict on a draft, which the market can
    change. It never repeats: each save, submission and reopening counts.
    """
    verdict = assess_today(audit).verdict if audit.is_draft else audit.verdict
    read = [audit.state, audit.revision, verdict, digest_of_entries(audit)]
    return hashlib.sha256(json.dumps(read).encode()).hexdigest()


def digest_of_entries(audit: Audit) -> str:
    """Return the SHA-256 of all answers, which the record stores."""
    entries = [audit.answers, audit.levels, audit.numbers, audit.notes]
    entries += [audit.candidates] if audit.candidates else []
    text = json.dumps(entries, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
